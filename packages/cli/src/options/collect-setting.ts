import { parseSetting, type Setting } from '@bursar/policy'
import { InvalidArgumentError } from 'commander'

/** The words for `--set`. */
export const settingHelp = 'any setting of the policy, such as limits.day=5.00, for this command; any number'

/** Reads `limits.day=5.00`, which may be given any number of times. */
export function collectSetting(text: string, before: readonly Setting[] = []): readonly Setting[] {
  try {
    return [...before, parseSetting(text)]
  } catch (error) {
    if (error instanceof TypeError) throw new InvalidArgumentError(error.message)
    throw error
  }
}
