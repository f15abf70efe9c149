import { purchaseRecord } from '@bursar/audit'
import {
  ACCOUNT,
  authorizationOf,
  type NetworkId,
  type Purchase,
  shortText,
  toppedUpFrom
} from '@bursar/core'
import { createRegistry } from '@bursar/core/registry'
import type { PurchaseRow } from './snapshot.js'

const registry = createRegistry()

/** A purchase as it is shown. What a server chose is cut to one short line. */
export function purchaseRow(purchase: Purchase, nowMs: number): PurchaseRow {
  const { id, state, amount, symbol, test, host, path } = purchaseRecord(purchase)
  const { labels, offer, reservedAtMs } = purchase
  return {
    id,
    atMs: reservedAtMs,
    state,
    amount,
    symbol: lineOf(symbol),
    isTest: test === 'yes',
    network: networkName(offer.network),
    host: lineOf(host),
    path: lineOf(path),
    model: lineOf(labels.model),
    agent: lineOf(labels.agent),
    advice: adviceOn(purchase, nowMs)
  }
}

/** A network as people call it: `Base` for `eip155:8453`. */
export function networkName(network: NetworkId): string {
  if (network === ACCOUNT) return 'account'
  const from = toppedUpFrom(network)
  if (from) return `balance from ${networkName(from)}`
  return registry.network(network)?.name ?? lineOf(network)
}

/** Says what can be done about a purchase that is not over. */
function adviceOn(purchase: Purchase, nowMs: number): string {
  const { state, call, kind, withdrawn } = purchase
  if (state === 'settled' && call === 'failed') return undeliveredAdvice(purchase)
  if (state !== 'signed' && state !== 'sent') return ''
  if (kind !== 'payment')
    return 'The service may still charge it. It is released or settled when its call ends.'
  const expiresAtSeconds = authorizationOf(purchase)?.expiresAtSeconds ?? 0
  if (expiresAtSeconds * 1000 < nowMs)
    return 'Its time is over. bursar recover asks the chain whether it settled.'
  const until = `${new Date(expiresAtSeconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`
  const what = withdrawn
    ? 'The server asked another price, and it is sent no more'
    : 'The same call again carries it on'
  return `It can settle until ${until}. ${what}; bursar recover asks the chain.`
}

function undeliveredAdvice({ job, withdrawn }: Purchase): string {
  if (withdrawn) return 'The server took it and asked another price. No call gets an answer for it.'
  if (job !== undefined) return `It is paid. bursar jobs resume ${lineOf(job)} gets what it made.`
  return 'It is paid. The same call again gets the answer, and pays nothing more.'
}

function lineOf(text: string | undefined): string {
  return shortText(text, 120) ?? ''
}
