import {
  type AtomicUsdc,
  atomicUsdc,
  decodeHeader,
  formatUsdc,
  isBursarError,
  type JsonObject,
  type NetworkFamily,
  type Offer,
  parseUsdc,
  transactionOf
} from '@bursar/core'
import type { CreditedTopUp, Movement, PrepaidService, RefusedCall, Shortfall } from '@bursar/prepaid'
import { defined, objectAt, objectsAt, textAt } from '../shared/service/fields.js'

const MAX_MOVEMENTS = 10_000
const MAX_OFFERS = 256

/**
 * The most that an offer may add for gas where it does not name the gas. `1_000_000n = 1 USDC`. On Solana it can hold the
 * rent of an account.
 */
const MAX_GAS: Readonly<Record<NetworkFamily, bigint>> = { eip155: 50_000n, solana: 500_000n }

/** How imgnAI Katana keeps a wallet's balance. */
export const katanaBalance: PrepaidService = {
  name: 'katana',
  topUp: (amount) => ({ path: '/v1/x402/top-up', body: { amount_usdc: formatUsdc(amount) } }),
  rejectionReason,
  readTopUp,
  balance: (wallet) => ({ path: `/v1/x402/balance/${encodeURIComponent(wallet)}` }),
  readBalance: (body) => usdcAt(body, 'balance_usdc'),
  movements: (wallet, cursor) => ({
    path: `/v1/x402/transactions/${encodeURIComponent(wallet)}${cursor === undefined ? '' : `?${new URLSearchParams({ cursor })}`}`
  }),
  readMovements(body) {
    if (!Array.isArray(body.transactions)) return undefined
    const movements = objectsAt(body, 'transactions', MAX_MOVEMENTS).map(movementOf)
    return typeof body.next_cursor === 'string' ? { movements, next: body.next_cursor } : { movements }
  },
  isCreditOf: ({ transaction }, paid) =>
    transaction !== undefined && transaction.toLowerCase() === transactionOf(paid)?.toLowerCase(),
  shortfall
}

/** Katana 11 and 54: what is paid is what is credited, and gas. */
function rejectionReason({ extra, cost, network }: Offer, amount: AtomicUsdc): string | undefined {
  const subtotal = usdcAt(extra, 'subtotalUsd')
  const gas = usdcAt(extra, 'estimatedGasUsd')
  const about = `for a top-up of ${formatUsdc(amount)} USDC`
  if (subtotal === undefined && gas === undefined) {
    const most = amount + MAX_GAS[network.family]
    if (cost >= amount && cost <= most) return undefined
    return `it asks ${formatUsdc(cost)} USDC ${about}, and names no gas`
  }
  if (subtotal === undefined || gas === undefined) return 'it names one of price and gas, and not the other'
  if (subtotal !== amount) return `it asks ${formatUsdc(subtotal)} USDC ${about}`
  return subtotal + gas === cost ? undefined : 'its amount is not its price and its gas'
}

/** Katana 55. */
function readTopUp(body: JsonObject): CreditedTopUp | undefined {
  const credited = usdcAt(body, 'credited_usdc')
  const balance = usdcAt(body, 'balance_usdc')
  const { wallet_address: wallet } = body
  if (credited === undefined || typeof wallet !== 'string') return undefined
  return { credited, wallet, ...defined({ balance }) }
}

/** Katana 69: the requirement of a top-up that would do. */
function shortfall({ headers, body, network }: RefusedCall): Shortfall | undefined {
  const exact = usdcAt(objectAt(objectAt(body ?? {}, 'error'), 'details'), 'top_up_usdc')
  if (exact !== undefined) return { missing: exact, isExact: true }
  const offers = offersIn(headers)
  const offer = offers.find((each) => each.network === network) ?? offers[0]
  if (!offer) return undefined
  const price = usdcAt(objectAt(offer, 'extra'), 'subtotalUsd')
  return price === undefined ? boundOf(offer) : { missing: price, isExact: true }
}

function offersIn(headers: Headers): readonly JsonObject[] {
  const header = headers.get('payment-required')
  if (header === null) return []
  try {
    const challenge = decodeHeader('PAYMENT-REQUIRED', header)
    return objectsAt(challenge, 'accepts', MAX_OFFERS)
  } catch (error) {
    if (isBursarError(error)) return []
    throw error
  }
}

/** An amount with its gas in it: no more than that is missing. */
function boundOf({ amount }: JsonObject): Shortfall | undefined {
  if (typeof amount !== 'string' || !/^\d{1,15}$/.test(amount)) return undefined
  return { missing: atomicUsdc(BigInt(amount)), isExact: false }
}

function movementOf(entry: JsonObject): Movement {
  const { transaction, created_at: at } = entry
  return {
    type: textAt(entry, 'type') ?? '',
    amount: textAt(entry, 'amount_usdc') ?? '',
    ...(typeof transaction === 'string' ? { transaction } : {}),
    ...(typeof at === 'string' ? { at } : {})
  }
}

function usdcAt(object: JsonObject, name: string): AtomicUsdc | undefined {
  const text = object[name]
  if (typeof text !== 'string') return undefined
  try {
    return parseUsdc(text)
  } catch (error) {
    if (isBursarError(error, 'amount/malformed')) return undefined
    throw error
  }
}
