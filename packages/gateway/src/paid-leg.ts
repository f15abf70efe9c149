import type { Arrival } from './server/arrival.js'

const PAYMENT_HEADERS = ['payment-signature', 'x-402-payment', 'x-payment'] as const

/** Whether a request carries a payment, on whatever route. */
export function isPaid(arrival: Arrival): boolean {
  return PAYMENT_HEADERS.some((name) => arrival.header(name) !== undefined)
}
