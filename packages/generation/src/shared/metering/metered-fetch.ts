import {
  type AccountCall,
  type AccountMeter,
  abortable,
  BursarError,
  bursarErrorOf,
  type JsonObject,
  type MoneyState,
  notify,
  type OpenAccountCall
} from '@bursar/core'
import type { ChargeListener } from '@bursar/prepaid'
import type { FetchLike, ReceiptOf } from '../service/operation.js'
import { withoutRedirects } from '../service/redirects.js'
import type { Charge, PricingRule } from './charge.js'
import { moneyStateOfAnswer, settleByAnswer } from './metered-answer.js'
import { readMeteredRequest } from './metered-request.js'

/** Sends a call, and can say whether the service may have charged it by now. */
type MeteredSend = (url: string, init: RequestInit, onCharge: ChargeListener) => Promise<Response>

/** What a metered fetch is made from. */
export interface MeteredFetchOptions {
  /** Such as `tokenhub`. */
  readonly service: string
  /** With the path that all of the service's paths begin with. */
  readonly apiUrl: URL
  /** Sends the calls, and pays nothing. It may say whether a call may have been charged by now; until then it may. */
  readonly fetch: MeteredSend
  /** Enters calls in the ledger. Absent: nothing is counted, and nothing is limited. */
  readonly meter: AccountMeter | undefined
  readonly pricing: PricingRule
  readonly labels: Readonly<Record<string, string>>
  /** What is charged: the account of a key, or a prepaid balance. Default `key`. */
  readonly billing?: 'key' | 'wallet'
  /** The tokens that an answer is limited to when its request sets no limit. */
  readonly outputLimit: (body: JsonObject) => number
}

/** A fetch whose calls are counted, and what is known of their answers. */
export interface MeteredFetch {
  readonly fetch: FetchLike
  readonly receiptOf: ReceiptOf
}

/**
 * Builds a fetch that counts what an account or a prepaid balance is charged for. Before a call is sent, the most that it can
 * cost is taken out of the budgets; once it is answered, what it did cost is entered. A call that the service rejects is
 * free; one that is lost, or at which the service fails, counts in full, since nothing is known of it. Nothing is sent twice.
 *
 * The fetch throws `request/host-refused`, `request/invalid`, `offer/over-limit`, `price/unknown`, `ledger/*`, and what
 * the fetch throws that it is made from.
 */
export function createMeteredFetch(options: MeteredFetchOptions): MeteredFetch {
  const { apiUrl, meter, pricing } = options
  const sendOnly = (url: string, init: RequestInit, onCharge: ChargeListener = () => {}) =>
    withoutRedirects((to, sent) => options.fetch(to, sent, onCharge))(url, init)
  const receipts = new WeakMap<Response, { readonly moneyState: MoneyState; readonly purchase: string }>()

  async function fetch(url: string, init: RequestInit): Promise<Response> {
    const target = new URL(url)
    if (target.origin !== apiUrl.origin) throw otherHost(options.service, target)
    if (!meter) return sendOnly(url, init)
    const { priced, init: sent } = await readMeteredRequest(target, init, options)
    const signal = init.signal ?? undefined
    const charge = await abortable(Promise.resolve(pricing(priced)), signal)
    const send = (onCharge?: ChargeListener): Promise<Response> => sendOnly(url, sent, onCharge)
    if (!charge) return send()
    signal?.throwIfAborted()
    const labels = labelsOf(options, init, charge)
    const opening = openCall(meter, charge, { method: priced.method, url: target, labels, signal })
    const call = await abortable(opening, signal, { onLate: (late) => late.release() })
    void notify(callOptionsOf(init).onPurchase, call.purchase, 'onPurchase')
    const response = await sendOnce(call, send, signal)
    const answer = await settleByAnswer(response, { charge, call })
    receipts.set(answer, { moneyState: moneyStateOfAnswer(answer), purchase: call.purchase })
    return answer
  }

  return { fetch, receiptOf: (response) => receipts.get(response) }
}

/** @throws {BursarError} `offer/over-limit`, `price/unknown`, `ledger/*` */
function openCall(
  meter: AccountMeter,
  { maxCost, unknown }: Charge,
  { signal, ...request }: Omit<AccountCall, 'maxCost'> & { readonly signal: AbortSignal | undefined }
): Promise<OpenAccountCall> {
  const call = { ...request, maxCost }
  if (!unknown) return meter.open(call, { signal })
  meter.assertWithinLimit(call)
  throw unknown
}

/** The caller's own labels, and what is bought. */
function labelsOf(options: MeteredFetchOptions, init: RequestInit, { model }: Charge) {
  const { labels, service, billing = 'key' } = options
  return { ...labels, ...callOptionsOf(init).labels, service, model, billing }
}

/** The options of a call, of those that `bursar.fetch` takes, which hold for one that an account is charged for. */
interface CallOptions {
  readonly labels?: Readonly<Record<string, string>>
  readonly onPurchase?: (id: string) => unknown
}

function callOptionsOf({ bursar = {} }: RequestInit & { readonly bursar?: CallOptions }): CallOptions {
  return bursar
}

async function sendOnce(
  call: OpenAccountCall,
  send: (onCharge: ChargeListener) => Promise<Response>,
  signal: AbortSignal | undefined
): Promise<Response> {
  if (signal?.aborted) {
    await call.release()
    signal.throwIfAborted()
  }
  let mayBeCharged = true
  try {
    return await send((may) => {
      mayBeCharged = may
    })
  } catch (error) {
    await (!mayBeCharged || isUncharged(error) ? call.release() : call.settle())
    throw error
  }
}

/**
 * Whether a fetch that failed says that nothing was charged. A balance that falls short was not charged either, though it
 * may have been topped up.
 */
function isUncharged(error: unknown): boolean {
  const known = bursarErrorOf(error)
  return known?.moneyState === 'none' || known?.code === 'balance/insufficient'
}

/** A key is for its own service. */
function otherHost(service: string, { host }: URL): BursarError {
  return new BursarError('request/host-refused', {
    message: `${host} is not ${service}, whose key goes nowhere else. Nothing was sent.`,
    context: { host },
    moneyState: 'none'
  })
}
