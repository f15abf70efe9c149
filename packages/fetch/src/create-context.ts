import { systemClock, systemRandom } from '@bursar/core'
import { platform } from '#platform'
import { openBalanceWatch } from './balances/open-balance-watch.js'
import type { EventHub } from './events.js'
import { ChallengeReader } from './flow/challenge-reader.js'
import { LazyWatch } from './flow/lazy-watch.js'
import { loadPricedCall } from './flow/load-priced-call.js'
import type { PaymentContext } from './flow/payment-context.js'
import type { PayingFetchOptions } from './options.js'
import { createPayerAddresses, createPayers } from './payers.js'
import { policyReader } from './policy/policy.js'
import { parseTiming } from './settings.js'

/** Makes what every call needs from options that were checked. */
export function createContext(options: PayingFetchOptions, hub: EventHub): PaymentContext {
  const { emit, isObserved } = hub
  const { payers, ledger, known, rates, clock = systemClock, random = systemRandom } = options
  const payerOf = createPayers(payers)
  const readPolicy = policyReader(options)
  const context: PaymentContext = {
    payerOf,
    payerAddresses: createPayerAddresses(payers, payerOf),
    ledger,
    challenges: new ChallengeReader({ known, rates }),
    get policy() {
      return readPolicy()
    },
    clock,
    random,
    sha256: platform.sha256,
    emit,
    isObserved,
    settings: parseTiming(options),
    inFlight: options.inFlight ?? 'separate',
    funds: new Map(),
    balances: openBalanceWatch(options, hub, { clock, ledger, payerOf, emit }),
    looksAlways: options.checkBalance === 'always',
    equalCalls: new Map(),
    offers: options.offers ?? 'ask',
    prices: new Map(),
    sponsored: new Set(),
    watch: new LazyWatch(async () => {
      const { learnOutcomes, SettlementWatch } = await loadPricedCall()
      return new SettlementWatch(clock, (purchases) => learnOutcomes(context, purchases))
    }),
    signIn: options.signIn ?? 'bought',
    proofs: options.proofs,
    verifyReceipt: options.verifyReceipt
  }
  return context
}
