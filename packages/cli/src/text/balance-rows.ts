import { formatDecimal, formatUsdc, gasCoinOf } from '@bursar/core'
import type { PrepaidBalance, WalletBalance } from 'bursar'
import type { ServiceAccount } from '../accounts/service-accounts.js'
import { networkName } from './network-name.js'
import type { Column } from './table.js'
import { cutMiddle } from './text-width.js'

/** The columns of balances. Why something could not be read is said below them, in full. */
export const balanceColumns: readonly Column<readonly string[]>[] = [
  { header: 'At', cell: ([place = '']) => place },
  { header: 'Account', cell: ([, account = '']) => account, shrink: { order: 1, min: 13, cut: cutMiddle } },
  { header: 'Balance', cell: ([, , amount = '']) => amount, align: 'right' },
  { header: 'Gas', cell: ([, , , gas = '']) => gas, align: 'right', leaveOut: 1 }
]

/** A wallet's balance as a row of a table. What could not be read is `unknown`, never zero. */
export function walletRow({ network, address, usdc, gas, error }: WalletBalance): readonly string[] {
  const { decimals, symbol } = gasCoinOf(network)
  const fuel = gas === undefined ? '' : `${formatDecimal(gas, decimals)} ${symbol}`
  return [networkName(network), address, usdcText(usdc), error ? '' : fuel]
}

/** A prepaid balance as a row of a table. */
export function prepaidRow({ service, network, usdc }: PrepaidBalance): readonly string[] {
  return [service, `prepaid from ${networkName(network)}`, usdcText(usdc), '']
}

/** A wallet's balance as JSON has it. */
export function walletJson({ network, address, usdc, gas, error }: WalletBalance) {
  const { decimals, symbol } = gasCoinOf(network)
  return {
    network,
    networkName: networkName(network),
    address,
    ...usdcJson(usdc),
    gas: gas === undefined ? null : formatDecimal(gas, decimals),
    gasAtomic: gas === undefined ? null : String(gas),
    gasSymbol: symbol,
    error: error?.code ?? null
  }
}

/** A prepaid balance as JSON has it. */
export function prepaidJson({ service, network, address, usdc, error }: PrepaidBalance) {
  return {
    service,
    network,
    networkName: networkName(network),
    address,
    ...usdcJson(usdc),
    error: error?.code ?? null
  }
}

/** The account of a key as a row of a table. */
export function accountRow({ service, left, unit, error }: ServiceAccount): readonly string[] {
  const amount = left === undefined ? 'unbounded' : `${left} ${unit}`
  return [service, 'account of the key', error ? 'unknown' : amount, '']
}

/** The account of a key as JSON has it. */
export function accountJson({ service, left, unit, error }: ServiceAccount) {
  return { service, unit, left: left ?? null, error: error?.code ?? null }
}

function usdcJson(usdc: WalletBalance['usdc']) {
  return {
    usdc: usdc === undefined ? null : formatUsdc(usdc),
    usdcAtomic: usdc === undefined ? null : String(usdc)
  }
}

function usdcText(usdc: WalletBalance['usdc']): string {
  return usdc === undefined ? 'unknown' : `${formatUsdc(usdc)} USDC`
}
