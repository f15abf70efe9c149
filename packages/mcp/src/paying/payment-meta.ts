import { encodeHeader, isJsonObject } from '@bursar/core'
import type { OutgoingPayment } from '@bursar/fetch'
import type { RawResult } from './challenge-in.js'

const PAYMENT = 'x402/payment'
/** As `x402-mcp` 0.0.5 and before has it, in version 1 alone: the text of the header. */
const OLD_PAYMENT = 'x402.payment'
const receipts = ['x402/payment-response', 'x402.payment-response']

/** What a call carries beside its arguments. */
type Meta = Readonly<Record<string, unknown>> | undefined

/**
 * The `_meta` of a call that pays.
 *
 * @see x402 MCP transport v2, "Payment payload"
 */
export function paymentMeta(meta: Meta, { headers, payload }: OutgoingPayment): Record<string, unknown> {
  const old = headers['X-PAYMENT']
  return { ...meta, [PAYMENT]: payload, ...(old === undefined ? {} : { [OLD_PAYMENT]: old }) }
}

/** @throws {TypeError} when the caller pays in its own way: it would be paid twice. */
export function assertUnpaid(meta: Meta): void {
  for (const key of [PAYMENT, OLD_PAYMENT])
    if (meta?.[key] !== undefined) throw new TypeError(`_meta["${key}"] is Bursar's to set`)
}

/**
 * The receipt that a server gives with a result, as HTTP has it.
 *
 * @see x402 MCP transport v2, "Settlement response"
 */
export function receiptHeaders({ _meta: meta }: RawResult): Readonly<Record<string, string>> {
  const receipt = isJsonObject(meta) ? receipts.map((key) => meta[key]).find(isJsonObject) : undefined
  return receipt ? { 'PAYMENT-RESPONSE': encodeHeader(receipt) } : {}
}
