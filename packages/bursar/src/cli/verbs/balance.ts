import { formatDecimal, formatUsdc } from '@bursar/core'
import { nothing, openAccounts } from '../accounts.js'
import type { Io } from '../io.js'
import { table } from '../table.js'
import { networkName } from './network-name.js'

/** ETH has 18 decimals, SOL has 9. */
const gasDecimals = { Base: 18, Solana: 9 } as const
const gasNames = { Base: 'ETH', Solana: 'SOL' } as const

/** Tells USDC and gas of every account. */
export async function balance(io: Io, { json }: { readonly json?: boolean }): Promise<void> {
  const bursar = await openAccounts(io, nothing)
  try {
    const { wallets } = await bursar.balances()
    if (json) {
      const rows = wallets.map(({ network, address, usdc, gas, error }) => ({
        network,
        address,
        usdc: usdc === undefined ? null : formatUsdc(usdc),
        gas: gas === undefined ? null : String(gas),
        error: error?.code ?? null
      }))
      return io.out(`${JSON.stringify({ wallets: rows })}\n`)
    }
    const rows = wallets.map(({ network, address, usdc, gas, error }) => {
      const name = networkName(network) as keyof typeof gasDecimals
      const funds = usdc === undefined ? 'unknown' : `${formatUsdc(usdc)} USDC`
      const fuel = gas === undefined ? '' : `${formatDecimal(gas, gasDecimals[name])} ${gasNames[name]}`
      return [name, address, funds, error ? error.message : fuel]
    })
    io.out(table(rows))
  } finally {
    await bursar.close()
  }
}
