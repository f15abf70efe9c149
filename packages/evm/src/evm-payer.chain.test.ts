import {
  BASE,
  type Clock,
  katana,
  knownNetworks,
  type Offer,
  type SignedPayment,
  systemClock,
  x402V2
} from '@bursar/core'
import { knownAssets } from '@bursar/core/registry'
import { type BaseChain, startBase } from '@bursar/localchain'
import { createWalletClient, http, parseAbi } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createEvmPayer, type EvmPayer } from './index.js'

let chain: BaseChain
beforeAll(async () => {
  chain = await startBase()
})
afterAll(() => chain.stop())

const PAYEE = '0x00000000000000000000000000000000000b0b05'
const usdcAbi = parseAbi([
  'function transferWithAuthorization(address, address, uint256, uint256, uint256, bytes32, bytes)',
  'function cancelAuthorization(address authorizer, bytes32 nonce, bytes signature)'
])

function offerOf(amountAtomic: bigint): Offer {
  const network = knownNetworks.find(({ id }) => id === BASE)
  const asset = knownAssets.find((each) => each.network === BASE)
  if (!network || !asset) throw new TypeError('Base is not known')
  const common = {
    scheme: 'exact',
    network,
    asset,
    payTo: PAYEE,
    maxTimeoutSeconds: 60,
    extra: {},
    raw: {}
  } as const
  return { ...common, amountAtomic, cost: amountAtomic as Offer['cost'] }
}

async function newPayer(
  rpcUrl: string | string[] = chain.rpcUrl,
  clock: Clock = systemClock
): Promise<{ payer: EvmPayer; key: `0x${string}` }> {
  const key = generatePrivateKey()
  await chain.mint(privateKeyToAccount(key).address, 1_000_000n)
  return {
    payer: createEvmPayer({ account: key, rpcUrls: { [BASE]: rpcUrl }, rpcTimeoutMs: 25_000, clock }),
    key
  }
}

async function pay(payer: EvmPayer, dialect = x402V2): Promise<SignedPayment> {
  return (await payer.prepare(offerOf(250_000n), { dialect, maxValiditySeconds: 300 })).sign()
}

async function send(
  functionName: 'transferWithAuthorization' | 'cancelAuthorization',
  args: readonly unknown[]
): Promise<`0x${string}`> {
  const [relayer] = chain.accounts
  if (!relayer) throw new TypeError('anvil has no accounts')
  const wallet = createWalletClient({
    account: privateKeyToAccount(relayer.privateKey),
    transport: http(chain.rpcUrl)
  })
  const hash = await wallet.writeContract({
    address: chain.usdc,
    abi: usdcAbi,
    functionName,
    args: args as never,
    chain: null
  })
  await chain.awaitReceipt(hash)
  return hash
}

function settle({ payload }: SignedPayment): Promise<`0x${string}`> {
  const { authorization: a, signature } = payload as {
    authorization: Record<string, string>
    signature: string
  }
  const times = [BigInt(a.validAfter ?? 0), BigInt(a.validBefore ?? 0)]
  return send('transferWithAuthorization', [a.from, a.to, BigInt(a.value ?? 0), ...times, a.nonce, signature])
}

/** Mines empty blocks, two seconds apart. */
async function mine(blocks: number): Promise<void> {
  const params = [`0x${blocks.toString(16)}`, '0x2']
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'anvil_mine', params })
  await fetch(chain.rpcUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
}

describe("X130: Circle's USDC", () => {
  it('decides by its own DOMAIN_SEPARATOR which of two domains is signed, and takes the payment', async () => {
    const { payer } = await newPayer()
    const { network, asset, ...offer } = offerOf(250_000n)
    const mistaken = { ...asset, domain: { name: 'Something else', version: '1' } }
    const right = { ...offer, network, asset: mistaken, extra: { ...asset.domain } }
    expect(await payer.rejectionReason(right, x402V2)).toBeUndefined()
    const payment = await (await payer.prepare(right, { dialect: x402V2, maxValiditySeconds: 300 })).sign()
    await settle(payment)
    expect(await payer.balances.readUsdc(BASE)).toBe(750_000n)
    const wrong = { ...offer, network, asset, extra: { name: 'Something else', version: '2' } }
    expect(await payer.rejectionReason(wrong, x402V2)).toMatch(/not that of its token/)
  })
})

describe("a payment that Circle's own contract judges", () => {
  it('settles, in the standard and in the Katana dialect', async () => {
    const { payer } = await newPayer()
    for (const dialect of [x402V2, katana]) {
      const before = await chain.balanceOf(PAYEE)
      await settle(await pay(payer, dialect))
      expect((await chain.balanceOf(PAYEE)) - before).toBe(250_000n)
    }
    expect(await payer.balances.readUsdc(BASE)).toBe(500_000n)
  })

  it('is open, then settled in the transaction that settled it', async () => {
    const { payer } = await newPayer()
    const payment = await pay(payer)
    expect(await payer.getSettlementStatus(payment)).toEqual({ status: 'open' })
    const transaction = await settle(payment)
    expect(await payer.getSettlementStatus(payment)).toEqual({
      status: 'settled',
      transaction,
      settledAtSeconds: await chain.nowSeconds()
    })
  })

  it('is dead, not settled, when its nonce was cancelled', async () => {
    const { payer, key } = await newPayer()
    const payment = await pay(payer)
    const signature = await privateKeyToAccount(key).signTypedData({
      domain: { name: 'USD Coin', version: '2', chainId: chain.chainId, verifyingContract: chain.usdc },
      types: {
        CancelAuthorization: [
          { name: 'authorizer', type: 'address' },
          { name: 'nonce', type: 'bytes32' }
        ]
      },
      primaryType: 'CancelAuthorization',
      message: { authorizer: privateKeyToAccount(key).address, nonce: payment.reference as `0x${string}` }
    })
    await send('cancelAuthorization', [payment.payer, payment.reference, signature])
    expect(await payer.getSettlementStatus(payment)).toEqual({ status: 'dead' })
    await expect(settle(payment)).rejects.toThrow('authorization is used or canceled')
  })
})

describe('reads', () => {
  it('peers defect 10: an endpoint that is down is an error, never a balance of zero', async () => {
    const { payer } = await newPayer('http://127.0.0.1:1/secret-key')
    const error = await payer.balances.readUsdc(BASE).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'rpc/unavailable', context: { network: BASE, endpoints: 1 } })
    expect(JSON.stringify(error) + String(error)).not.toContain('secret-key')
    await expect(payer.getSettlementStatus(await pay(payer))).rejects.toMatchObject({
      code: 'rpc/unavailable'
    })
  })

  it('go on to the next endpoint when one is down', async () => {
    const { payer } = await newPayer(['http://127.0.0.1:1', chain.rpcUrl])
    expect(await payer.balances.readUsdc(BASE)).toBe(1_000_000n)
    expect(await payer.balances.readGas(BASE)).toBe(0n)
  })

  it('do not believe an endpoint of another chain, which would call every payment unpaid', async () => {
    const other = await startBase({ chainId: 1 })
    try {
      const { payer } = await newPayer(other.rpcUrl)
      await expect(payer.getSettlementStatus(await pay(payer))).rejects.toMatchObject({
        code: 'rpc/unavailable',
        message: `No RPC endpoint of Base gave a usable answer: ${new URL(other.rpcUrl).host} serves Ethereum.`
      })
    } finally {
      await other.stop()
    }
  })
})

// From here on the clock of the chain that the file shares is moved.
it('S15: a payment in the dialect of Katana is taken by a chain that has mined nothing for an hour', async () => {
  const { payer } = await newPayer(chain.rpcUrl, { ...systemClock, nowMs: () => Date.now() + 3_600_000 })
  const payment = await pay(payer, katana)
  await expect(settle(payment)).resolves.toMatch(/^0x/)
  await expect(settle(await pay(payer))).rejects.toThrow('authorization is not yet valid')
})

it('M12: what settled long ago is found by its time, however many blocks have come since', async () => {
  const { payer } = await newPayer()
  const payment = await pay(payer)
  const transaction = await settle(payment)
  const settledAtSeconds = await chain.nowSeconds()
  await chain.increaseTime(600)
  for (let block = 0; block < 3; block++) await chain.increaseTime(2)
  await mine(2_000)
  const settled = { status: 'settled', transaction, settledAtSeconds }
  expect(await payer.getSettlementStatus(payment)).toEqual(settled)
  const open = await pay(payer)
  expect(await payer.getSettlementStatuses?.(BASE, [open, payment, open])).toEqual([
    { status: 'open' },
    settled,
    { status: 'open' }
  ])
})

it('is dead once the chain has passed its end, and not a moment before', async () => {
  let aheadMs = 0
  const clock = { ...systemClock, nowMs: () => Date.now() + aheadMs }
  const { payer } = await newPayer(chain.rpcUrl, clock)
  const payment = await pay(payer)
  await chain.increaseTime(58)
  expect(await payer.getSettlementStatus(payment)).toEqual({ status: 'open' })
  await chain.increaseTime(60)
  // The chain's clock alone is not believed: an endpoint that runs ahead would free a live payment.
  expect(await payer.getSettlementStatus(payment)).toEqual({ status: 'open' })
  aheadMs = 118_000
  expect(await payer.getSettlementStatus(payment)).toEqual({ status: 'dead' })
  await expect(settle(payment)).rejects.toThrow('authorization is expired')
})
