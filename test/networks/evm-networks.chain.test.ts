import type { NetworkId } from '@bursar/core'
import { startBase } from '@bursar/localchain'
import { type BursarOptions, createBursar } from 'bursar'
import { auditOf } from 'bursar/audit'
import { createWalletClient, erc20Abi, http, publicActions } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { describe, expect, it, onTestFinished } from 'vitest'
import { installToken, type LocalToken } from './local-token.js'
import { startNetworkSeller } from './network-seller.js'

/** One row of the table of networks, and how its token is paid. */
interface Row extends LocalToken {
  readonly chainId: number
  readonly v1Name?: string
  readonly method: 'eip3009' | 'permit2'
  readonly isTest?: true
}

const monad: Row = {
  chainId: 143,
  address: '0x754704Bc059F8C67012fEd69BC8A327a5aafb603',
  name: 'USDC',
  version: '2',
  symbol: 'USDC',
  decimals: 6,
  method: 'eip3009'
}
const celo: Row = {
  chainId: 42220,
  v1Name: 'celo',
  address: '0x48065fbBE25f71C9282ddf5e1cD6D6A887483D5e',
  name: 'Tether USD',
  version: '1',
  symbol: 'USDT',
  decimals: 6,
  method: 'eip3009'
}
const mega: Row = {
  chainId: 4326,
  address: '0xFAfDdbb3FC7688494971a79cc65DCa3EF82079E7',
  name: 'MegaUSD',
  version: '1',
  symbol: 'MegaUSD',
  decimals: 18,
  method: 'permit2'
}
const seiTestnet: Row = {
  chainId: 1328,
  address: '0x4fCF1784B31630811181f670Aea7A7bEF803eaED',
  name: 'USDC',
  version: '2',
  symbol: 'USDC',
  decimals: 6,
  method: 'eip3009',
  isTest: true
}
const eurc: Row = {
  chainId: 8453,
  address: '0x60a3E35Cc302bFA44Cb288Bc5a4F316Fdb1adb42',
  name: 'EURC',
  version: '2',
  symbol: 'EURC',
  decimals: 6,
  method: 'eip3009'
}

const PERMIT2 = '0x000000000022D473030F116dDEE9F6B43aC78BA3'
const unit = ({ decimals }: Row, units: bigint): bigint => units * 10n ** BigInt(decimals)

/** The row's chain with its token, a wallet that holds ten of it, and a bursar that pays from it. */
async function open(row: Row, options: Partial<BursarOptions> = {}) {
  const chain = await startBase({ chainId: row.chainId })
  onTestFinished(() => chain.stop())
  const mint = await installToken(chain, row)
  const key = generatePrivateKey()
  const account = privateKeyToAccount(key)
  await mint(account.address, unit(row, 10n))
  await chain.fundGas(account.address)
  const network: NetworkId = `eip155:${row.chainId}`
  const bursar = createBursar({
    evm: key,
    limits: { payment: '2', total: '5' },
    ledger: 'memory',
    rpcUrls: { [network]: chain.rpcUrl },
    ...options
  })
  onTestFinished(() => bursar.close())
  const wallet = createWalletClient({ account, transport: http(chain.rpcUrl) }).extend(publicActions)
  const token = { address: row.address, abi: erc20Abi } as const
  const payTo = privateKeyToAccount(generatePrivateKey()).address
  const offer = (amount: bigint, change: Partial<Row> = {}) => {
    const { name, version, method } = { ...row, ...change }
    const extra = { name, version, ...(method === 'permit2' && { assetTransferMethod: method }) }
    return { network, asset: row.address, amount: String(amount), payTo, extra }
  }
  return {
    chain,
    network,
    bursar,
    offer,
    payee: payTo,
    send: async (to: `0x${string}`, amount: bigint) => {
      const hash = await wallet.writeContract({
        ...token,
        functionName: 'transfer',
        args: [to, amount],
        chain: null
      })
      await chain.awaitReceipt(hash)
    },
    approve: async () => {
      const args = [PERMIT2, 2n ** 256n - 1n] as const
      const hash = await wallet.writeContract({ ...token, functionName: 'approve', args, chain: null })
      await chain.awaitReceipt(hash)
    },
    balanceOf: (owner: `0x${string}`) =>
      wallet.readContract({ ...token, functionName: 'balanceOf', args: [owner] })
  }
}

describe('X137, X139: a row of the table of networks', () => {
  it.each([monad, celo])('$chainId $symbol of domain $name/$version is paid on its chain', async (row) => {
    const { chain, bursar, offer, payee, balanceOf, network } = await open(row)
    const response = await bursar.fetch(await startNetworkSeller(chain, offer(500_000n)))
    expect([response.status, await response.text()]).toEqual([200, 'sold'])
    expect(bursar.receiptOf(response)).toMatchObject({ network, amount: '0.5', symbol: row.symbol })
    expect(await balanceOf(payee)).toBe(500_000n)
  })

  it('is paid by the name that v1 has for it', async () => {
    const { chain, bursar, offer, payee, balanceOf } = await open(celo)
    const response = await bursar.fetch(
      await startNetworkSeller(chain, { ...offer(500_000n), network: 'celo' }, 1)
    )
    expect([response.status, await response.text()]).toEqual([200, 'sold'])
    expect(await balanceOf(payee)).toBe(500_000n)
  })

  it('with 18 decimals is paid by Permit2, and counts its dollars rounded up', async () => {
    const { chain, bursar, offer, payee, balanceOf, approve } = await open(mega)
    const seller = await startNetworkSeller(chain, offer(unit(mega, 1n) + 1n))
    await expect(bursar.fetch(seller)).rejects.toMatchObject({
      code: 'offer/none-usable',
      message: expect.stringContaining(`send approve(${PERMIT2}, …)`)
    })
    await approve()
    const response = await bursar.fetch(seller)
    expect([response.status, await response.text()]).toEqual([200, 'sold'])
    expect(bursar.receiptOf(response)).toMatchObject({ amount: '1.000000000000000001', cost: '1.000001' })
    expect(await balanceOf(payee)).toBe(unit(mega, 1n) + 1n)
  })

  it('whose domain the seller states otherwise than the token is refused before anything is signed', async () => {
    const { chain, bursar, offer } = await open(celo)
    const seller = await startNetworkSeller(chain, offer(500_000n, { version: '2' }))
    await expect(bursar.fetch(seller)).rejects.toMatchObject({
      moneyState: 'none',
      message: expect.stringContaining('its signing domain is not that of its token USDT')
    })
  })

  it('that has another address is refused by network and address', async () => {
    const { chain, bursar, offer } = await open(monad)
    const asset = `0x${'cd'.repeat(20)}`
    const seller = await startNetworkSeller(chain, { ...offer(500_000n), asset })
    await expect(bursar.fetch(seller)).rejects.toMatchObject({
      moneyState: 'none',
      message: expect.stringMatching(new RegExp(`eip155:143.*${asset}`))
    })
  })

  it('that is no dollar is refused without a rate, and counts by the rate that the user gives', async () => {
    const without = await open(eurc)
    await expect(
      without.bursar.fetch(await startNetworkSeller(without.chain, without.offer(1_000_000n)))
    ).rejects.toMatchObject({ moneyState: 'none', message: expect.stringContaining('EURC') })
    const { chain, bursar, offer } = await open(eurc, { rates: { EURC: '1.10' } })
    const response = await bursar.fetch(await startNetworkSeller(chain, offer(1_000_000n)))
    expect(bursar.receiptOf(response)).toMatchObject({ amount: '1', symbol: 'EURC', cost: '1.1' })
  })
})

describe('X136: reconcile counts a transfer that no purchase accounts for', () => {
  const unknownOf = async (row: Row, options: Partial<BursarOptions> = {}) => {
    const { bursar, network, payee, send, chain, offer } = await open(row, options)
    if (row.method === 'eip3009')
      await bursar.fetch(await startNetworkSeller(chain, offer(unit(row, 1n) / 2n)))
    await send(payee, unit(row, 1n))
    const found = await auditOf(bursar).reconcile({ networks: [network] })
    expect(found.discrepancies).toMatchObject([
      { kind: 'debited-unknown', debit: { asset: row.address, amountAtomic: unit(row, 1n) } }
    ])
    expect((await auditOf(bursar).reconcile({ networks: [network] })).discrepancies).toEqual([])
    for await (const purchase of bursar.history()) if (purchase.kind === 'debit') return purchase.offer
    throw new TypeError('The ledger has no debit')
  }

  it.each<[string, Row, Partial<BursarOptions>, object]>([
    [
      'of 18 decimals, as its dollars',
      mega,
      {},
      { cost: 1_000_000n, token: { symbol: 'MegaUSD', decimals: 18 } }
    ],
    [
      'of euros, by their rate',
      eurc,
      { rates: { EURC: '1.10' } },
      { cost: 1_100_000n, token: { symbol: 'EURC', rate: '1.10' } }
    ],
    ['of a second token of its network', celo, {}, { cost: 1_000_000n, token: { symbol: 'USDT' } }],
    ['of test money, as such', seiTestnet, {}, { isTest: true }]
  ])('%s', async (_, row, options, counted) => {
    expect(await unknownOf(row, options)).toMatchObject(counted)
  })
})
