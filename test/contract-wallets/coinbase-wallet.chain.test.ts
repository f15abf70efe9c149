import { type BaseChain, startBase } from '@bursar/localchain'
import { createBursar, type EvmAccount } from 'bursar'
import {
  createClient,
  decodeAbiParameters,
  defineChain,
  type Hex,
  hashTypedData,
  http,
  parseAbiParameters
} from 'viem'
import { toCoinbaseSmartAccount } from 'viem/account-abstraction'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { startOfficialServer } from '../interop/official-server.js'
import { setCode } from './artifacts.js'
import { newKey } from './wallets.js'

let chain: BaseChain
beforeAll(async () => {
  chain = await startBase()
})
afterAll(() => chain.stop())

const ADDRESS = '0x00000000000000000000000000000000c01bba5e'
/** Stands in for Coinbase's contract, which npm does not have: it takes every signature. The test judges them. */
const TAKES_ALL = '0x631626ba7e60e01b60005260206000f3'

/** What its contract wants signed for a hash. */
const replaySafe = (hash: Hex) =>
  ({
    domain: { name: 'Coinbase Smart Wallet', version: '1', chainId: 8453, verifyingContract: ADDRESS },
    types: { CoinbaseSmartWalletMessage: [{ name: 'hash', type: 'bytes32' }] },
    primaryType: 'CoinbaseSmartWalletMessage',
    message: { hash }
  }) as const

it("X112: viem's account of Coinbase's wallet is handed typed data, never a digest, and pays again and again", async () => {
  await setCode(chain, ADDRESS, TAKES_ALL)
  await chain.mint(ADDRESS, 1_000_000n)
  const owner = newKey()
  const base = defineChain({
    id: chain.chainId,
    name: 'Base',
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [chain.rpcUrl] } }
  })
  const client = createClient({ chain: base, transport: http() })
  const wallet = await toCoinbaseSmartAccount({ client, owners: [owner], version: '1', address: ADDRESS })
  const signed: { readonly hash: Hex; readonly signature: Hex }[] = []
  const account: EvmAccount = Object.assign({}, wallet, {
    sign: () => expect.unreachable('a digest'),
    async signTypedData(data: Parameters<typeof wallet.signTypedData>[0]) {
      const signature = await wallet.signTypedData(data)
      signed.push({ hash: hashTypedData(data), signature })
      return signature
    }
  })
  const payTo = newKey().address
  const server = await startOfficialServer(chain, { payTo, amount: '12345' })
  const rpcUrls = { 'eip155:8453': chain.rpcUrl }
  const bursar = createBursar({ evm: account, limits: { payment: '0.25' }, ledger: 'memory', rpcUrls })
  onTestFinished(() => bursar.close())
  for (const paid of [12_345n, 24_690n]) {
    const response = await bursar.fetch(server.url)
    expect(bursar.receiptOf(response)).toMatchObject({ moneyState: 'settled' })
    expect(await chain.balanceOf(payTo)).toBe(paid)
  }
  expect(signed).toHaveLength(2)
  for (const { hash, signature } of signed) {
    const [{ inner }] = decodeAbiParameters(
      parseAbiParameters(['Wrapped wrapped', 'struct Wrapped { uint8 owner; bytes inner; }']),
      signature
    )
    expect(await owner.signTypedData(replaySafe(hash))).toBe(inner)
  }
})
