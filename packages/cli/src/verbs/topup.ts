import { BASE, formatUsdc, type NetworkId, parseUsdc, SOLANA_MAINNET } from '@bursar/core'
import type { Bursar } from 'bursar'
import { createKatana } from 'bursar/katana'
import { createVenice } from 'bursar/venice'
import type { Io } from '../io.js'
import { type Place, placeOf, withBursar } from '../place.js'

/** What `topup` is asked. */
export interface TopUpOptions extends Place {
  readonly service: string
  readonly network?: string
  readonly maxAmount?: string
  readonly json?: boolean
}

/** Puts USDC on the prepaid balance at a service. */
export async function topUp(io: Io, amount: string, options: TopUpOptions): Promise<void> {
  parseUsdc(amount)
  await withBursar(io, options.maxAmount, async (bursar) => {
    const balance = balanceAt(io, bursar, options)
    const { credited, wallet } = await balance.topUp(amount)
    const left = await balance.balance()
    const usdc = formatUsdc(left)
    if (options.json) return io.out(`${JSON.stringify({ credited, wallet, balance: usdc })}\n`)
    io.out(`${credited} USDC credited; the balance is ${usdc} USDC.\n`)
  })
}

/** @throws {TypeError} */
function balanceAt(io: Io, bursar: Bursar, { service, network, url }: TopUpOptions) {
  if (service !== 'katana' && service !== 'venice') throw new TypeError('--service is katana or venice')
  const place = placeOf(io, service, url)
  if (service === 'venice') return createVenice(bursar, place).balance
  const on = network === undefined ? {} : { network: networkOf(network) }
  return createKatana(bursar, { ...place, ...on }).balance
}

function networkOf(name: string): NetworkId {
  if (name === 'base') return BASE
  if (name === 'solana') return SOLANA_MAINNET
  throw new TypeError('--network is base or solana')
}
