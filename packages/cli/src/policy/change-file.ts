import { changePolicy, locatePolicy, type PolicyChange } from '@bursar/policy'
import type { CommandContext } from '../context.js'

/**
 * Changes the file of the policy.
 *
 * @returns what is said of it, when what is set now was shown.
 * @throws {BursarError} `policy/unreadable`
 */
export async function changeFile(
  { env }: Pick<CommandContext, 'env'>,
  { set = [], unset = [] }: PolicyChange
): Promise<string> {
  const place = locatePolicy(env)
  const absent: string[] = []
  await changePolicy(place, { set, unset, notSet: (key) => absent.push(key.join('.')) })
  const isWritten = set.length + unset.length > absent.length
  const lines = absent.map((name) => `${name} is not set in ${place.path}.\n`)
  return [...lines, isWritten ? `Written to ${place.path}.\n` : 'Nothing was changed.\n'].join('')
}
