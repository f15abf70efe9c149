import {
  bursarParts,
  checkOptions,
  createRegistry,
  type HistoryQuery,
  type Ledger,
  loggable,
  type Purchase,
  RESERVED_NAMES,
  systemClock,
  systemRandom
} from '@bursar/core'
import { platform } from '#platform'
import { abortable } from './abortable.js'
import { openAccountMeter } from './account-meter.js'
import type { Bursar } from './bursar.js'
import { createEventHub, type EventHub } from './events.js'
import { type Call, type CallOptions, callChecks } from './flow/call.js'
import { EqualCalls } from './flow/equal-calls.js'
import { learnOutcome } from './flow/learn-outcome.js'
import { loadPricedCall } from './flow/load-priced-call.js'
import { assertOwnName } from './flow/own-name.js'
import type { PaymentContext } from './flow/payment-context.js'
import { recover } from './flow/recover.js'
import { run } from './flow/run.js'
import { SettlementWatch } from './flow/settlement-watch.js'
import { type PayingFetchOptions, payingFetchChecks } from './options.js'
import { createAddressBook, createPayers } from './payers.js'
import { parsePolicy } from './policy/policy.js'
import { receiptOf } from './receipt.js'
import { captureRequest, signalOf } from './request/capture-request.js'
import { parseTiming } from './settings.js'
import { fetchTransport } from './transport/fetch-transport.js'
import type { Transport } from './transport/transport.js'

/**
 * Builds a fetch that pays. The `bursar` package's `createBursar` calls this with payers made from keys.
 *
 * @throws {TypeError} when `limits` is missing, or an option is unknown, malformed or out of range.
 */
export function createPayingFetch(options: PayingFetchOptions): Bursar {
  checkOptions(options, payingFetchChecks)
  const hub = createEventHub(platform.diagnostics)
  const context = createContext(options, hub)
  const transport = options.fetch ? fetchTransport(options.fetch) : platform.createTransport()
  const { payerOf, ledger, clock, random } = context
  const close = async (): Promise<void> => {
    context.watch.stop()
    await transport.close?.()
    await ledger.close()
  }
  return Object.freeze<Bursar>({
    async fetch(input, init = {}) {
      // data:, blob: and file: are the platform's own business and never cost anything.
      if (isOtherScheme(input)) return globalThis.fetch(input, init)
      checkCall(init.bursar)
      return run(context, await captureCall(context, transport, { input, init }))
    },
    async quote(input, init = {}) {
      checkCall(init.bursar)
      return (await loadPricedCall()).quote(context, await captureCall(context, transport, { input, init }))
    },
    receiptOf,
    on: hub.on,
    recover: () => recover(context),
    outstanding: async () => (await ledger.outstanding()).map(loggable),
    history: (query) => loggableHistory(ledger, query),
    async find(name) {
      const purchase = await ledger.find({ name })
      return purchase && loggable(purchase)
    },
    freeze: (reason) => ledger.freeze(reason),
    thaw: () => ledger.freeze(undefined),
    close,
    [Symbol.asyncDispose]: close,
    [bursarParts]: () => ({
      payerOf,
      ledger,
      clock,
      random,
      createAccountMeter: () => openAccountMeter({ ...options, clock, random }),
      pay: async (input, init) => run(context, await captureCall(context, transport, { input, init })),
      resolve: async (purchase) => (await learnOutcome(context, purchase)).purchase,
      maxPayment: (host) => context.policy.limits.payment([host]).limit,
      sendThrough: async (via, input, init) => run(context, await captureCall(context, via, { input, init }))
    })
  })
}

function createContext(options: PayingFetchOptions, hub: EventHub): PaymentContext {
  const payerOf = createPayers(options.payers)
  return {
    payerOf,
    payerAddresses: createAddressBook(options.payers, payerOf),
    ledger: options.ledger,
    registry: createRegistry(options.known),
    policy: parsePolicy(options),
    clock: options.clock ?? systemClock,
    random: options.random ?? systemRandom,
    sha256: platform.sha256,
    emit: hub.emit,
    settings: parseTiming(options),
    inFlight: options.inFlight ?? 'separate',
    equalCalls: new EqualCalls(),
    watch: new SettlementWatch(),
    verifyReceipt: options.verifyReceipt
  }
}

async function* loggableHistory(
  ledger: Ledger,
  query: HistoryQuery | undefined
): AsyncGenerator<Purchase, void, undefined> {
  for await (const purchase of ledger.history(query)) yield loggable(purchase)
}

function isOtherScheme(input: string | URL | Request): boolean {
  const url = typeof input === 'object' && 'url' in input ? input.url : String(input)
  return /^(?!https?:)[a-z][a-z\d+.-]*:/i.test(url)
}

/** What a caller may say of a call. A service of ours may say more. @throws {TypeError} */
function checkCall(options: CallOptions | undefined): void {
  if (options === undefined) return
  checkOptions(options, callChecks, 'bursar')
  if (options.purchase?.startsWith(RESERVED_NAMES))
    throw new TypeError(`purchase: names that begin with "${RESERVED_NAMES}" are Bursar's own`)
}

/** What callers and services of ours say of a call. */
type CallInit = RequestInit & { readonly bursar?: Call['options'] | undefined }

async function captureCall(
  { settings, sha256 }: PaymentContext,
  transport: Transport,
  { input, init }: { readonly input: string | URL | Request; readonly init: CallInit }
): Promise<Call> {
  const signal = signalOf(input, init)
  signal?.throwIfAborted()
  const { maxStreamBytes } = settings
  const request = await abortable(signal, captureRequest(input, init, { maxStreamBytes, sha256 }))
  const options = init.bursar ?? {}
  assertOwnName(options)
  options.checkUrl?.(request.url)
  return { request, options, transport }
}
