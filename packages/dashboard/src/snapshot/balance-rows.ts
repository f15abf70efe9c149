import type { Balances, PrepaidBalance, WalletBalance } from '@bursar/audit'
import { type BursarError, formatDecimal, formatUsdc, gasCoinOf, shortText } from '@bursar/core'
import { createRegistry } from '@bursar/core/registry'
import { networkName } from './purchase-row.js'
import type { BalanceRow } from './snapshot.js'

const registry = createRegistry()

/** Balances as they are shown. What could not be read has a problem and no amount. */
export function balanceRows({ wallets, prepaid }: Balances): readonly BalanceRow[] {
  return [...wallets.map(walletRow), ...prepaid.map(prepaidRow)]
}

function walletRow({ network, address, usdc, gas, error }: WalletBalance): BalanceRow {
  const { decimals, symbol } = gasCoinOf(network)
  return {
    kind: 'wallet',
    name: networkName(network),
    place: address,
    ...amountOf(usdc, error),
    ...(gas === undefined ? {} : { gas: `${formatDecimal(gas, decimals)} ${symbol}` }),
    isTest: registry.network(network)?.isTest ?? false
  }
}

function prepaidRow({ service, network, usdc, error }: PrepaidBalance): BalanceRow {
  return {
    kind: 'prepaid',
    name: shortText(service, 80) ?? '',
    place: `from ${networkName(network)}`,
    ...amountOf(usdc, error),
    isTest: registry.network(network)?.isTest ?? false
  }
}

function amountOf(usdc: WalletBalance['usdc'], error: BursarError | undefined) {
  if (usdc !== undefined) return { amount: formatUsdc(usdc) }
  return { problem: shortText(error?.message, 200) ?? 'It could not be read' }
}
