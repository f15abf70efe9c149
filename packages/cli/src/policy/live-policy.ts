import type { PolicyOptions } from '@bursar/fetch'
import type { TopUpRule } from '@bursar/generation/katana'
import { type AskPerson, bursarOptionsOf, LivePolicy, type Policy, policyPaths } from '@bursar/policy'
import type { CommandContext } from '../context.js'
import { askOnTerminal } from './ask-on-terminal.js'
import { commandPolicy } from './command-policy.js'
import type { PolicyFlags } from './policy-flags.js'
import { type BalanceService, topUpRuleOf } from './top-up-rule.js'

/** What a server of the command was started with. */
export interface Serving {
  readonly policy: Policy
  readonly flags: PolicyFlags
  /** Asks a person about a payment. Default: on the terminal, if there is one. */
  readonly ask?: AskPerson | undefined
  /** What the server itself restricts, such as to one host. */
  readonly restrict?: ((policy: Policy) => Policy) | undefined
}

/** A policy that is obeyed while a server runs. */
export interface ServedPolicy {
  /** What holds now, as `createBursar` takes it. */
  readonly currentPolicy: () => PolicyOptions
  /** Makes a rule for top-ups one that holds as long as the policy has it; none where there is none at the start. */
  liveRule(service: BalanceService): (() => TopUpRule | undefined) | undefined
  stop(): void
}

/** How often it is looked whether the file changed, for what is said of it. Each payment looks by itself. */
const LOOK_MS = 1000

/**
 * Obeys the file of the policy while a server runs: what became stricter holds from the next payment on, what became looser when
 * the server is started anew. As long as the file cannot be read, nothing is paid.
 */
export function servePolicy(
  context: CommandContext,
  { policy, flags, ask = askOnTerminal(context), restrict = (each) => each }: Serving
): ServedPolicy {
  const live = new LivePolicy(policy, {
    paths: policyPaths(context.env),
    read: () => commandPolicy(context, flags).policy,
    report: (text) => context.err(`${text}\n`)
  })
  let last: { readonly policy: Policy; readonly options: PolicyOptions } | undefined
  const timer = setInterval(() => live.look(), LOOK_MS).unref()
  return {
    currentPolicy() {
      const now = live.current()
      if (last?.policy !== now) last = { policy: now, options: guardsFor(restrict(now), ask) }
      return last.options
    },
    liveRule(service) {
      if (!topUpRuleOf(policy, service)) return undefined
      return () => topUpRuleOf(live.current(), service)
    },
    stop: () => clearInterval(timer)
  }
}

/** The options that guard money. Whatever else the file says holds when the server is started anew. */
function guardsFor(policy: Policy, ask: AskPerson): PolicyOptions {
  const { limits, allow, prefer, maxPriceIncrease, confirm } = bursarOptionsOf(policy, { ask })
  return { limits, allow, prefer, maxPriceIncrease, confirm }
}
