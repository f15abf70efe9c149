import {
  abortable,
  bursarParts,
  checkName,
  checkOptions,
  checkText,
  historyChecks,
  loggable,
  type Purchase
} from '@bursar/core'
import { platform } from '#platform'
import { openAccountMeter } from './account-meter.js'
import { openBalanceMeter } from './balance-meter.js'
import type { Bursar } from './bursar.js'
import { captureCall, checkCallOptions, urlOfOtherScheme } from './capture-call.js'
import { createContext } from './create-context.js'
import { createReceipt } from './create-receipt.js'
import { createEventHub } from './events.js'
import { loadPricedCall } from './flow/load-priced-call.js'
import type { PaymentContext } from './flow/payment-context.js'
import { run } from './flow/run.js'
import { type PayingFetchOptions, payingFetchChecks } from './options.js'
import type { PayingParts } from './paying-parts.js'
import { attachReceipt, receiptOf } from './receipt.js'
import { fetchTransport } from './transport/fetch-transport.js'
import type { Transport } from './transport/transport.js'

/**
 * Builds a fetch that pays. The `bursar` package's `createBursar` calls this with payers made from keys.
 *
 * @example
 * ```ts
 * const bursar = createPayingFetch({
 *   payers: [createEvmPayer({ account: key })],
 *   ledger: memoryLedger(),
 *   limits: { payment: '0.25', day: '5.00' }
 * })
 * const response = await bursar.fetch('https://kat.imgnai.com/v1/models')
 * ```
 * @throws {TypeError} when `limits` is missing, or an option is unknown, malformed or out of range.
 */
export function createPayingFetch(options: PayingFetchOptions): Bursar {
  checkOptions(options, payingFetchChecks)
  const hub = createEventHub(platform.diagnostics)
  const context = createContext(options, hub)
  const { clock } = context
  const transport = options.fetch ? fetchTransport(options.fetch, clock) : platform.createTransport(clock)
  const close = (): Promise<void> => closeAll(context, transport)
  return Object.freeze<Bursar>({
    async fetch(input, init = {}) {
      checkCallOptions(init.bursar)
      const other = urlOfOtherScheme(input)
      if (other) {
        init.bursar?.checkUrl?.(other)
        return globalThis.fetch(input, init)
      }
      return run(context, await captureCall(context, { input, init, transport }))
    },
    pay: async (challenge, call) => (await loadPricedCall()).pay(context, challenge, call),
    async quote(input, init = {}) {
      checkCallOptions(init.bursar)
      const { quote } = await loadPricedCall()
      const call = await captureCall(context, { input, init, transport })
      return abortable(quote(context, call), call.request.signal)
    },
    receiptOf,
    on: hub.on,
    recover: async () => (await loadPricedCall()).recover(context),
    ...recordOf(context),
    close,
    [Symbol.asyncDispose]: close,
    [bursarParts]: () => partsOf(context, { options, transport })
  })
}

async function closeAll({ watch, balances, ledger }: PaymentContext, transport: Transport): Promise<void> {
  watch.stop()
  balances?.stop()
  await transport.close?.()
  await ledger.close()
}

/** The queries of the ledger. Their results can be logged. */
function recordOf({
  ledger
}: PaymentContext): Pick<Bursar, 'outstanding' | 'history' | 'find' | 'freeze' | 'thaw'> {
  return {
    outstanding: async () => (await ledger.outstanding()).map(loggable),
    history(query = {}) {
      checkOptions(query, historyChecks)
      return eachLoggable(ledger.history(query))
    },
    async find(name) {
      checkName(name, 'find: the name')
      const purchase = await ledger.find({ name })
      return purchase && loggable(purchase)
    },
    async freeze(reason) {
      // To the ledger, no reason is the end of a freeze.
      checkText(reason, 'freeze: the reason')
      await ledger.freeze(reason)
    },
    thaw: () => ledger.freeze(undefined)
  }
}

async function* eachLoggable(purchases: AsyncIterable<Purchase>): AsyncGenerator<Purchase, void, undefined> {
  for await (const purchase of purchases) yield loggable(purchase)
}

function partsOf(
  context: PaymentContext,
  { options, transport }: { readonly options: PayingFetchOptions; readonly transport: Transport }
): PayingParts {
  const { payerOf, ledger, clock, random, policy, settings, balances } = context
  return {
    payerOf,
    ledger,
    clock,
    random,
    balanceWatch: balances,
    createAccountMeter: () => openAccountMeter({ ...options, clock, random }),
    createBalanceMeter: (network) => openBalanceMeter(context, network),
    pay: async (input, init) => run(context, await captureCall(context, { input, init, transport })),
    async resolve(purchase) {
      const { learnOutcome } = await loadPricedCall()
      return (await learnOutcome(context, purchase)).purchase
    },
    resumableMs: settings.maxValiditySeconds * 1000 + settings.resumeWindowMs,
    attachReceipt: (answer, payment, resumed) =>
      receiptOf(answer) ? answer : attachReceipt(answer, createReceipt(payment, { resumed })),
    maxPayment: (host) => policy.limits.payment([host]).limit,
    sendThrough: async (via, input, init) =>
      run(context, await captureCall(context, { input, init, transport: via }))
  }
}
