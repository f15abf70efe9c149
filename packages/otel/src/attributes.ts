import type { BursarEvent } from '@bursar/fetch'
import type { Attributes } from '@opentelemetry/api'

/**
 * The names under which spans and metrics say what was paid. None holds a path, a query, a header, a signature or a proof. Those
 * that OpenTelemetry has itself are named as there.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/
 */
export const attributes = {
  /** The host that is paid. */
  host: 'server.address',
  /** Its port, where the URL names one. */
  port: 'server.port',
  /** The host that the caller requested, when a redirect led from it to the one that is paid. */
  requestedHost: 'bursar.requested_host',
  /** HTTP status of the answer. */
  status: 'http.response.status_code',
  /** The ledger's id of the purchase. */
  purchase: 'bursar.purchase.id',
  /** The last step of the purchase, such as `settled`, `refused` or `dead`. */
  state: 'bursar.purchase.state',
  /** CAIP-2, such as `eip155:8453`. */
  network: 'bursar.network',
  /** The symbol of what is paid with, such as `USDC`. */
  asset: 'bursar.asset',
  /** Decimal text, in units of the asset. */
  amount: 'bursar.amount',
  /** The transaction, where it is known. */
  transaction: 'bursar.transaction',
  /** What became of the money: `none`, `reserved`, `signed`, `sent`, `settled` or `unknown`. */
  moneyState: 'bursar.money_state',
  /** The address whose balance fell. */
  account: 'bursar.account',
  /** The code of the error, such as `offer/over-limit`. */
  error: 'error.type'
} as const

/** Where a payment goes. */
export function hostAttributes({
  host,
  requestedHost
}: Pick<BursarEvent, 'host' | 'requestedHost'>): Attributes {
  if (host === undefined) return {}
  const [, name = host, port] = /^(.*?)(?::(\d+))?$/.exec(host) ?? []
  return {
    [attributes.host]: name,
    ...(port === undefined ? {} : { [attributes.port]: Number(port) }),
    ...(requestedHost === undefined ? {} : { [attributes.requestedHost]: requestedHost })
  }
}

/** What is paid, as far as an event says it. */
export function paymentAttributes({
  purchase,
  network,
  symbol,
  amount,
  transaction
}: BursarEvent): Attributes {
  const named: Attributes = {
    [attributes.purchase]: purchase,
    [attributes.network]: network,
    [attributes.asset]: symbol,
    [attributes.amount]: amount,
    [attributes.transaction]: transaction
  }
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined))
}
