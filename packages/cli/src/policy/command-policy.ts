import {
  leavesOf,
  locatePolicy,
  type MergedPolicy,
  mergePolicies,
  type PolicyLayer,
  readPlace
} from '@bursar/policy'
import type { CommandContext } from '../context.js'
import { sumLimits } from '../limits/stored-limits.js'
import { checkUsage, UsageError } from '../usage-error.js'
import { environmentLayers } from './environment-layers.js'
import { flagLayers, type PolicyFlags } from './policy-flags.js'

/** Where a command finds what its policy is made from. */
export type PolicyContext = Pick<CommandContext, 'env' | 'flagLayers'>

/**
 * What may be paid: by the options, else the environment, else the file. Of a limit the lowest holds, whoever sets it.
 *
 * @throws {BursarError} `policy/unreadable`
 * @throws {UsageError} when a setting is malformed.
 */
export function commandPolicy(
  { env, flagLayers: ofProgram }: PolicyContext,
  flags: PolicyFlags = {}
): MergedPolicy {
  const elsewhere = [...ofProgram, ...environmentLayers(env), ...fileLayer(env)]
  const layers = [...flagLayers(flags), ...elsewhere, ...defaultLayers(flags, elsewhere)]
  return checkUsage(() => mergePolicies(layers))
}

/** As {@link commandPolicy}, for a command that pays: it needs a limit on one payment. @throws {UsageError} without one. */
export function payingPolicy(context: PolicyContext, flags: PolicyFlags): MergedPolicy {
  const merged = commandPolicy(context, flags)
  if (merged.policy.limits?.payment !== undefined) return merged
  throw new UsageError(
    'No limit is set for one payment. Add --max-amount 0.25, or set one for all commands: bursar limits set payment=0.25'
  )
}

/**
 * As {@link payingPolicy}, for a command that spends as long as it runs, at the wish of others. It needs a limit on a sum.
 *
 * @throws {UsageError} also when no sum is limited.
 */
export function servingPolicy(context: PolicyContext, command: string, flags: PolicyFlags): MergedPolicy {
  const merged = payingPolicy(context, flags)
  const { limits = {} } = merged.policy
  if (sumLimits.some((name) => limits[name] !== undefined)) return merged
  throw new UsageError(
    `bursar ${command} needs a limit on a sum, since it pays whenever it is asked to. Add --limit day=5.00, or set one for all commands: bursar limits set day=5.00`
  )
}

/**
 * What an option means by itself. Whoever sets `confirm` elsewhere relies on its own default, which is to refuse: an option that
 * asks about more must not pay what nobody answered.
 */
function defaultLayers(
  { confirmAbove }: PolicyFlags,
  elsewhere: readonly PolicyLayer[]
): readonly PolicyLayer[] {
  const isSet = elsewhere.some(({ settings }) => settings.some(({ path: [group] }) => group === 'confirm'))
  if (confirmAbove === undefined || isSet) return []
  const settings = [{ path: ['confirm', 'unanswered'], value: 'pay' }]
  return [{ source: 'default', name: '--confirm-above', settings }]
}

/** What the file says. @throws {BursarError} `policy/unreadable` */
function fileLayer(env: CommandContext['env']): readonly PolicyLayer[] {
  const place = locatePolicy(env)
  const policy = readPlace(place)
  return policy ? [{ source: 'file', name: place.path, settings: leavesOf(policy) }] : []
}
