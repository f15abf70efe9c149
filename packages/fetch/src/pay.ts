import {
  type Challenge,
  type Clock,
  checkFunction,
  checkHttpUrl,
  checkOptions,
  checkText,
  decodeHeader,
  type JsonObject,
  type OptionCheck,
  type OptionChecks,
  unchecked
} from '@bursar/core'
import { captureCall, checkPurchaseName } from './capture-call.js'
import { type CallOptions, callChecks } from './flow/call-options.js'
import { enterEqualCalls } from './flow/enter-equal-calls.js'
import { isJoined } from './flow/is-joined.js'
import { payPrice } from './flow/pay-price.js'
import type { PaymentContext } from './flow/payment-context.js'
import { fetchTransport } from './transport/fetch-transport.js'
import type { Transport } from './transport/transport.js'

/** A payment on its way to the seller. */
export interface OutgoingPayment {
  /** The payment as the challenge's version of x402 has it over HTTP: PAYMENT-SIGNATURE or X-PAYMENT, base64 of JSON. */
  readonly headers: Readonly<Record<string, string>>
  /** The same JSON, for carriers that take an object, such as `_meta["x402/payment"]` of MCP. */
  readonly payload: JsonObject
  /** Aborts when the caller gives up, or when the answer takes longer than `timeouts.afterPaymentMs`. */
  readonly signal: AbortSignal
}

/** Who asks to be paid, for what, and what carries the payment there. */
export interface PayOptions extends Omit<CallOptions, 'checkUrl' | 'signIn' | 'offers'> {
  /**
   * The URL of the seller. Limits, pins, price history and record go by its host, origin and path: it is what the caller
   * asked, never what the challenge says of itself.
   *
   * @example { origin: 'https://mcp.example.com/report' }
   */
  readonly origin: string | URL
  /**
   * What is asked there, in HTTP's words. Default: `POST` with a body, else `GET`.
   *
   * @example { method: 'PUT' }
   */
  readonly method?: string | undefined
  /**
   * What is asked for. Calls are equal when their origin, method and body are. Default: nothing beyond the origin.
   *
   * @example { body: JSON.stringify({ tool: 'report', day: 1 }) }
   */
  readonly body?: string | Uint8Array | undefined
  /**
   * Gives the call up. What is signed by then may still settle, and the error says so. Default: none.
   *
   * @example { signal: AbortSignal.timeout(60_000) }
   */
  readonly signal?: AbortSignal | undefined
  /**
   * Sends the payment once, and returns what the seller answered: any status but 402, 412, a redirect and 5xx hands the
   * answer over, and PAYMENT-RESPONSE is its receipt. A carrier without HTTP says both with a `Response` that it makes. If
   * it throws, the answer counts as lost, and it is called again with the same payment, which can settle only once.
   *
   * @example
   * ```ts
   * { send: ({ headers }) => fetch(url, { headers, redirect: 'manual' }) }
   * ```
   */
  readonly send: (payment: OutgoingPayment) => Promise<Response>
}

const checkOrigin: OptionCheck = (value, path) =>
  checkHttpUrl(value instanceof URL ? value.href : value, path)

const { signIn: _, offers: __, ...paymentChecks } = callChecks

const payChecks: OptionChecks<PayOptions> = {
  ...paymentChecks,
  origin: checkOrigin,
  method: checkText,
  body: unchecked,
  signal: unchecked,
  send: checkFunction
}

/**
 * Pays a challenge that some other carrier than HTTP brought, or some other program than this one asked for: with the
 * limits, the record and the recovery of a fetch, which pays in the same way.
 *
 * @param challenge the 402's JSON, as an object or as text, or the text of its PAYMENT-REQUIRED header.
 * @returns what `send` returned. Its receipt: `receiptOf`.
 * @throws {TypeError} for a malformed option.
 * @throws {BursarError} `challenge/malformed`, `header/malformed`, and what `fetch` throws
 */
export async function pay(
  context: PaymentContext,
  challenge: string | object,
  options: PayOptions
): Promise<Response> {
  checkOptions(options, payChecks, 'pay')
  checkOrigin(options.origin, 'pay.origin')
  checkFunction(options.send, 'pay.send')
  const { origin, method, body, signal, send, ...said } = options
  checkPurchaseName(said.purchase, 'pay.purchase')
  const init = { method: method ?? (body === undefined ? 'GET' : 'POST'), body, signal: signal ?? null }
  const call = await captureCall(context, {
    input: origin,
    // What carries payments would hand a proof of the wallet on as one.
    init: { ...init, bursar: { ...said, signIn: false } },
    transport: carrier(send, context.clock)
  })
  const { request } = call
  const equalCalls = isJoined(context, call) ? await enterEqualCalls(context, call) : undefined
  try {
    const read = await readGiven(context, challenge)
    const price = { request, original: request, challenge: read, discarded: Promise.resolve(), equalCalls }
    return await payPrice(context, call, price)
  } finally {
    equalCalls?.leave()
  }
}

async function readGiven({ challenges }: PaymentContext, challenge: string | object): Promise<Challenge> {
  const text = typeof challenge === 'string' ? challenge : jsonOf(challenge)
  if (typeof challenge === 'string' && !text.trimStart().startsWith('{')) return challenges.readHeader(text)
  const read = await challenges.readBody(text)
  // Other carriers than HTTP have one place for payments.
  const { ifUnreadAs: _, ...dialect } = read.dialect
  return { ...read, dialect }
}

/** Read once, as text. What is no JSON, or nested too deeply, is empty, and no challenge. */
function jsonOf(challenge: object): string {
  try {
    return JSON.stringify(challenge) ?? ''
  } catch {
    return ''
  }
}

/** Sends payments with a function of the caller's. */
function carrier(send: PayOptions['send'], clock: Clock): Transport {
  return {
    async send(outgoing) {
      const { payment } = outgoing
      if (!payment) throw new TypeError('Only payments are carried')
      const { name, value, also } = payment
      const headers = { [name]: value, ...(also && { [also.name]: also.value }) }
      const payload = decodeHeader(name, value)
      const through = fetchTransport((_url, { signal }) => send({ headers, payload, signal }), clock)
      return through.send(outgoing)
    }
  }
}
