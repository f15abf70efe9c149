import {
  type AtomicUsdc,
  BASE,
  decodeHeader,
  formatUsdc,
  isBursarError,
  isJsonObject,
  type JsonObject,
  type Offer,
  parseUsdc,
  SOLANA_MAINNET
} from '@bursar/core'
import type { Movement, PrepaidService } from './service.js'

/** imgnAI Katana's wallet balance. */
export const katanaPrepaid: PrepaidService = {
  name: 'katana',
  networks: [BASE, SOLANA_MAINNET],
  topUp: (amount) => ({ path: '/v1/x402/top-up', body: { amount_usdc: formatUsdc(amount) } }),
  rejectionReason: topUpRejectionReason,
  readTopUp(body) {
    const credited = usdcAt(body, 'credited_usdc')
    const wallet = body.wallet_address
    return credited === undefined || typeof wallet !== 'string' ? undefined : { credited, wallet }
  },
  balance: (wallet) => ({ path: `/v1/x402/balance/${encodeURIComponent(wallet)}` }),
  readBalance: (body) => usdcAt(body, 'balance_usdc'),
  movements: (wallet, cursor) => ({
    path: `/v1/x402/transactions/${encodeURIComponent(wallet)}${cursor === undefined ? '' : `?${new URLSearchParams({ cursor })}`}`
  }),
  readMovements(body) {
    if (!Array.isArray(body.transactions)) return undefined
    const movements = body.transactions.filter(isJsonObject).map(movementOf)
    return typeof body.next_cursor === 'string' ? { movements, next: body.next_cursor } : { movements }
  },
  isCreditOf: ({ transaction }, paid) =>
    transaction !== undefined && transaction.toLowerCase() === paid.transaction?.toLowerCase(),
  shortfall(headers, body) {
    const details = isJsonObject(body?.error) && isJsonObject(body.error.details) ? body.error.details : {}
    return usdcAt(details, 'top_up_usdc') ?? shortfallOfChallenge(headers)
  }
}

/** Katana 11 and 54: what is paid is what is credited, and gas. */
function topUpRejectionReason({ extra, cost }: Offer, amount: AtomicUsdc): string | undefined {
  const subtotal = usdcAt(extra, 'subtotalUsd')
  const gas = usdcAt(extra, 'estimatedGasUsd')
  if (subtotal === undefined || gas === undefined) return 'it does not tell the price and the gas apart'
  if (subtotal !== amount)
    return `it is for a top-up of ${formatUsdc(subtotal)} USDC, not of ${formatUsdc(amount)}`
  return subtotal + gas === cost ? undefined : 'its amount is not its price and its gas'
}

/** Katana 69: the requirement of a top-up that would do. */
function shortfallOfChallenge(headers: Headers): AtomicUsdc | undefined {
  const header = headers.get('payment-required')
  if (header === null) return undefined
  try {
    const challenge = decodeHeader('PAYMENT-REQUIRED', header)
    const [offer] = isJsonObject(challenge) && Array.isArray(challenge.accepts) ? challenge.accepts : []
    return isJsonObject(offer) && isJsonObject(offer.extra) ? usdcAt(offer.extra, 'subtotalUsd') : undefined
  } catch (error) {
    if (isBursarError(error)) return undefined
    throw error
  }
}

function movementOf(entry: JsonObject): Movement {
  const text = (name: string): string | undefined =>
    typeof entry[name] === 'string' ? entry[name] : undefined
  const transaction = text('transaction')
  const at = text('created_at')
  return {
    type: text('type') ?? '',
    amount: text('amount_usdc') ?? '',
    ...(transaction === undefined ? {} : { transaction }),
    ...(at === undefined ? {} : { at })
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
