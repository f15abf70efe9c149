import { formatDecimal, formatUsdc, systemClock } from '@bursar/core'
import { nothing, openAccounts } from '../accounts.js'
import type { Io } from '../io.js'
import { networkName } from '../network-name.js'
import { openPrepaid } from '../prepaid-places.js'
import { table } from '../table.js'

/** ETH has 18 decimals, SOL has 9. */
const gasDecimals = { Base: 18, Solana: 9 } as const
const gasNames = { Base: 'ETH', Solana: 'SOL' } as const

/** Tells USDC and gas of every account, and every prepaid balance that was topped up from here. */
export async function balance(io: Io, { json }: { readonly json?: boolean }): Promise<void> {
  const bursar = await openAccounts(io, nothing)
  try {
    const services = await openPrepaid(bursar, systemClock.nowMs())
    const { wallets, prepaid } = await bursar.balances({ prepaid: services })
    if (json) {
      const rows = wallets.map(({ network, address, usdc, gas, error }) => ({
        network,
        address,
        usdc: usdc === undefined ? null : formatUsdc(usdc),
        gas: gas === undefined ? null : String(gas),
        error: error?.code ?? null
      }))
      const balances = prepaid.map(({ service, network, address, usdc, error }) => ({
        service,
        network,
        address,
        usdc: usdc === undefined ? null : formatUsdc(usdc),
        error: error?.code ?? null
      }))
      return io.out(`${JSON.stringify({ wallets: rows, prepaid: balances })}\n`)
    }
    const rows = wallets.map(({ network, address, usdc, gas, error }) => {
      const name = networkName(network) as keyof typeof gasDecimals
      const funds = usdc === undefined ? 'unknown' : `${formatUsdc(usdc)} USDC`
      const fuel = gas === undefined ? '' : `${formatDecimal(gas, gasDecimals[name])} ${gasNames[name]}`
      return [name, address, funds, error ? error.message : fuel]
    })
    const balances = prepaid.map(({ service, network, usdc, error }) => [
      service,
      `prepaid from ${networkName(network)}`,
      usdc === undefined ? 'unknown' : `${formatUsdc(usdc)} USDC`,
      error?.message ?? ''
    ])
    io.out(table([...rows, ...balances]))
  } finally {
    await bursar.close()
  }
}
