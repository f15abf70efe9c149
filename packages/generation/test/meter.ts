import {
  type AccountCall,
  type AccountMeter,
  type AtomicUsdc,
  atomicUsdc,
  bursarParts,
  overLimitError,
  parseUsdc,
  systemClock,
  systemRandom,
  type TokenCounts
} from '@bursar/core'
import type { MeteringBursar } from '../src/relays/relay-options.js'

/** What became of a call that a meter was asked for. */
export interface MeteredCall {
  readonly model: string | undefined
  readonly labels: Readonly<Record<string, string>>
  readonly held: AtomicUsdc
  /** `undefined` until it is known, and when what was held counts. */
  settled: AtomicUsdc | undefined
  tokens: TokenCounts | undefined
  isReleased: boolean
  job: string | undefined
}

/** A meter of one limit for each call, which remembers its calls. */
export function limitedMeter(limit = '1000'): AccountMeter & { readonly calls: MeteredCall[] } {
  const calls: MeteredCall[] = []
  const assertWithinLimit = ({ maxCost }: AccountCall): void => {
    const budget = { name: 'payment', limit: parseUsdc(limit) }
    if (maxCost > budget.limit) throw overLimitError({ budget, used: atomicUsdc(0n) }, maxCost)
  }
  return {
    calls,
    assertWithinLimit,
    async open(call) {
      assertWithinLimit(call)
      const { maxCost: held, labels } = call
      const entry: MeteredCall = {
        model: labels.model,
        labels,
        held,
        settled: undefined,
        tokens: undefined,
        isReleased: false,
        job: undefined
      }
      calls.push(entry)
      return {
        purchase: `p${calls.length}`,
        async settle({ cost, tokens } = {}) {
          entry.settled = cost
          entry.tokens = tokens
        },
        async attachJob(job) {
          entry.job = job
        },
        async release() {
          entry.isReleased = true
        }
      }
    },
    async correct({ job }, cost) {
      const entry = calls.find((each) => each.job === job)
      if (entry) entry.settled = cost
    }
  }
}

/** A bursar that has a meter and nothing else. */
export function bursarWith(meter: AccountMeter): MeteringBursar {
  const ledger = { find: async () => undefined }
  const parts = { clock: systemClock, random: systemRandom, ledger, createAccountMeter: () => meter }
  return { [bursarParts]: () => parts }
}
