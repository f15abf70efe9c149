import {
  atomicUsdc,
  BASE,
  type BalanceReader,
  BursarError,
  type Payer,
  type PrepaidAccount,
  SOLANA_MAINNET
} from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { readBalances } from './balances.js'

const unreachable = new BursarError('rpc/unavailable', {
  message: 'No endpoint answered.',
  context: { network: BASE, endpoints: 1, reasons: [] },
  moneyState: 'none'
})

const reading: BalanceReader = { readUsdc: async () => atomicUsdc(2_500_000n), readGas: async () => 7n }

function payer(balances?: BalanceReader): Payer {
  return {
    family: 'eip155',
    address: async () => '0xcc',
    rejectionReason: async () => undefined,
    prepare: () => Promise.reject(new TypeError('Nothing is paid here')),
    getSettlementStatus: async () => ({ status: 'open' }),
    ...(balances ? { balances } : {})
  }
}

function parts(found: Payer | undefined, networks = [BASE]) {
  return { networks, payerOf: async (family: string) => (family === 'eip155' ? found : undefined) }
}

function prepaid(more: Partial<PrepaidAccount> = {}): { readonly balance: PrepaidAccount } {
  const balance: PrepaidAccount = {
    service: 'katana',
    origin: 'https://a.example',
    network: BASE,
    address: async () => '0xcc',
    balance: async () => atomicUsdc(400_000n),
    isTopUp: () => false,
    isCreditOf: () => false,
    async *transactions() {},
    ...more
  }
  return { balance }
}

describe('the balances of wallets', () => {
  it('are USDC and gas, a row for each network', async () => {
    const { wallets } = await readBalances(parts(payer(reading)))
    expect(wallets).toEqual([{ network: BASE, address: '0xcc', usdc: 2_500_000n, gas: 7n }])
  })

  it('have no row for a network without a payer, or with one that reads no balances', async () => {
    expect(await readBalances(parts(payer()))).toMatchObject({ wallets: [] })
    expect(await readBalances(parts(payer(reading), [SOLANA_MAINNET]))).toMatchObject({ wallets: [] })
  })

  it.each<[string, BalanceReader]>([
    ['USDC', { ...reading, readUsdc: () => Promise.reject(unreachable) }],
    ['gas', { ...reading, readGas: () => Promise.reject(unreachable) }]
  ])('say that %s could not be asked for, with the row, and are never zero', async (_, balances) => {
    const { wallets } = await readBalances(parts(payer(balances)))
    expect(wallets).toEqual([{ network: BASE, address: '0xcc', error: unreachable }])
  })

  it('do not hide an error that is no outage', async () => {
    const broken = { ...reading, readGas: () => Promise.reject(new RangeError('a fault of ours')) }
    await expect(readBalances(parts(payer(broken)))).rejects.toThrow('a fault of ours')
  })
})

describe('prepaid balances', () => {
  const ask = async (...services: ReturnType<typeof prepaid>[]) =>
    (await readBalances(parts(undefined), { prepaid: services })).prepaid
  const row = { service: 'katana', origin: 'https://a.example', network: BASE, address: '0xcc' }

  it('are listed once, however often their service is given', async () => {
    expect(await ask(prepaid(), prepaid())).toEqual([{ ...row, usdc: 400_000n }])
  })

  it('of two wallets, origins or networks are two', async () => {
    const others = [
      prepaid({ address: async () => '0xdd' }),
      prepaid({ origin: 'https://b.example' }),
      prepaid({ network: 'eip155:84532' })
    ]
    expect(await ask(prepaid(), ...others)).toHaveLength(4)
  })

  it('of an account that proves nothing have no address, and say why there is no amount', async () => {
    const [found] = await ask(
      prepaid({
        address: () => Promise.reject(unreachable),
        balance: () => Promise.reject(unreachable)
      })
    )
    expect(found).toEqual({
      service: 'katana',
      origin: 'https://a.example',
      network: BASE,
      error: unreachable
    })
  })

  it('can be logged', async () => {
    const all = await readBalances(parts(payer(reading)), { prepaid: [prepaid()] })
    expect(JSON.parse(JSON.stringify(all))).toMatchObject({
      wallets: [{ usdc: '2500000', gas: '7' }],
      prepaid: [{ service: 'katana', usdc: '400000' }]
    })
  })
})

it.each<[unknown, string]>([
  [{ prepayed: [] }, 'prepayed is not an option; did you mean prepaid?'],
  [{ prepaid: {} }, 'prepaid must be a list, not an object'],
  [{ prepaid: ['katana'] }, 'prepaid[0] must be an object, not "katana"'],
  ['katana', 'The options must be an object, not "katana"']
])('%# a malformed query is a TypeError that names the option', async (query, message) => {
  await expect(Reflect.apply(readBalances, undefined, [parts(payer(reading)), query])).rejects.toThrow(
    new TypeError(message)
  )
})
