import { decodeHeader } from '@bursar/core'
import { challenge, offer, payable, type Script } from './scripted-server.js'

/** A server that takes what it asks at that time, and nothing else. */
export function priced(price: (index: number) => string, otherwise: Script = payable): Script {
  return (arrival, response, index) => {
    const asked = { ...offer, amount: price(index) }
    const paid = amountOf(arrival.payment)
    if (paid === asked.amount) return otherwise(arrival, response, index)
    return challenge(response, [asked])
  }
}

/** What a payment header pays. */
export function amountOf(payment: string | undefined): unknown {
  if (payment === undefined) return undefined
  const { accepted } = decodeHeader('PAYMENT-SIGNATURE', payment)
  return Object(accepted).amount
}
