import { type AtomicUsdc, formatUsdc, type NetworkFamily, type Offer, transactionOf } from '@bursar/core'
import type { PrepaidService } from '@bursar/prepaid'
import { object } from '../../shared/wire/tolerant-schemas.js'
import { readMovements, readPrepaidBalance, readTopUp, usdc } from '../wire/prepaid.js'
import { shortfallOf } from './shortfall.js'

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
  readBalance: readPrepaidBalance,
  movements: (wallet, cursor) => ({
    path: `/v1/x402/transactions/${encodeURIComponent(wallet)}${cursor === undefined ? '' : `?${new URLSearchParams({ cursor })}`}`
  }),
  readMovements,
  isCreditOf: ({ transaction }, paid) =>
    transaction !== undefined && transaction.toLowerCase() === transactionOf(paid)?.toLowerCase(),
  shortfall: shortfallOf
}

const extraSchema = object({ subtotalUsd: usdc, estimatedGasUsd: usdc })

/** Katana 11 and 54: what is paid is what is credited, and gas. */
function rejectionReason({ extra, cost, network }: Offer, amount: AtomicUsdc): string | undefined {
  const { subtotalUsd: subtotal, estimatedGasUsd: gas } = extraSchema.parse(extra)
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
