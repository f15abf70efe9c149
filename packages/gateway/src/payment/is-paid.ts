import type { HttpRequest } from '../server/request.js'

/** The headers that carry a payment, in any protocol. */
export const PAYMENT_HEADERS = ['payment-signature', 'x-402-payment', 'x-payment'] as const

/** Whether a request carries a payment header of any protocol. */
export function isPaid(request: HttpRequest): boolean {
  return PAYMENT_HEADERS.some((name) => request.header(name) !== undefined)
}
