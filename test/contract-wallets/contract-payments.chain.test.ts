import { BASE, type Offer, type SignedPayment, x402V2 } from '@bursar/core'
import { createRegistry } from '@bursar/core/registry'
import { createEvmPayer, type EvmAccount } from '@bursar/evm'
import { createEvmAuditor } from '@bursar/evm/audit'
import { type BaseChain, startBase } from '@bursar/localchain'
import { createBursar } from 'bursar'
import { auditOf } from 'bursar/audit'
import { type Address, parseAbi } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { artifacts, deployer, setCode } from './artifacts.js'
import { createMock1271, createSafe, createSmallWallet, newKey } from './wallets.js'

let chain: BaseChain
beforeAll(async () => {
  chain = await startBase()
})
afterAll(() => chain.stop())

const PAYEE = '0x00000000000000000000000000000000000b0b05'

function offerOf(change: Partial<Offer> = {}): Offer {
  const registry = createRegistry()
  const [network, asset] = [registry.network(BASE), registry.defaultAsset(BASE)]
  if (!network || !asset) throw new TypeError('Base is not known')
  const common = { scheme: 'exact', network, asset, payTo: PAYEE, extra: {}, raw: {} } as const
  const amounts = { amountAtomic: 10_000n, cost: 10_000n as Offer['cost'] }
  return { ...common, maxTimeoutSeconds: 60, ...amounts, ...change }
}

const payerOf = (account: EvmAccount) => createEvmPayer({ account, rpcUrls: { [BASE]: chain.rpcUrl } })

async function sign(account: EvmAccount, offer = offerOf()): Promise<SignedPayment> {
  const payer = payerOf(account)
  await chain.mint((await payer.address()) as Address, 1_000_000n)
  return (await payer.prepare(offer, { dialect: x402V2, maxValiditySeconds: 300 })).sign()
}

/** Settles a payment as a facilitator does that knows no contracts. */
async function settle({ payload }: SignedPayment): Promise<void> {
  const { authorization: a, signature } = payload as never as {
    readonly authorization: Readonly<Record<string, string>>
    readonly signature: string
  }
  const client = deployer(chain)
  const times = [BigInt(a.validAfter ?? 0), BigInt(a.validBefore ?? 0)]
  const hash = await client.writeContract({
    chain: null,
    address: chain.usdc,
    abi: parseAbi([
      'function transferWithAuthorization(address, address, uint256, uint256, uint256, bytes32, bytes)'
    ]),
    functionName: 'transferWithAuthorization',
    args: [a.from, a.to, BigInt(a.value ?? 0), ...times, a.nonce, signature] as never
  })
  await chain.awaitReceipt(hash)
}

describe('X108: the payment of a contract', () => {
  it('is open, then settled', async () => {
    const safe = await createSafe(chain, [newKey(), newKey()])
    const payment = await sign(safe)
    expect(await payerOf(safe).getSettlementStatus(payment)).toEqual({ status: 'open' })
    await settle(payment)
    expect(await payerOf(safe).getSettlementStatus(payment)).toMatchObject({ status: 'settled' })
  })

  it.each<[string, () => Promise<EvmAccount>]>([
    ['Safe of one owner', () => createSafe(chain, [newKey()])],
    ['Safe of two owners', () => createSafe(chain, [newKey(), newKey()])],
    ["Circle's wallet", () => createMock1271(chain, { owner: newKey() })],
    [
      'signer that only signs data',
      async () => {
        const { address, signTypedData } = newKey()
        return { address, signTypedData: (data) => signTypedData(data) }
      }
    ]
  ])(
    'by a %s is cancelled with its signature, in a transaction that another account pays for',
    async (_, create) => {
      const account = await create()
      const gasAccount = generatePrivateKey()
      await chain.fundGas(privateKeyToAccount(gasAccount).address, 10n ** 18n)
      const payment = await sign(account)
      const rpcUrls = { [BASE]: chain.rpcUrl }
      await expect(createEvmAuditor({ account, rpcUrls }).cancel?.(payment)).rejects.toMatchObject({
        code: 'purchase/not-cancellable',
        context: { reason: expect.stringContaining('cannot send a transaction') }
      })
      expect(await createEvmAuditor({ account, gasAccount, rpcUrls }).cancel?.(payment)).toMatch(/^0x/)
      expect(await payerOf(account).getSettlementStatus(payment)).toEqual({ status: 'dead' })
      await expect(settle(payment)).rejects.toThrow('authorization is used or canceled')
    }
  )

  it('is cancelled by the audit of a bursar whose gasAccount pays for it', async () => {
    const gasAccount = generatePrivateKey()
    await chain.fundGas(privateKeyToAccount(gasAccount).address, 10n ** 18n)
    const safe = await createSafe(chain, [newKey()])
    await chain.mint(safe.address, 1_000_000n)
    const options = { evm: safe, limits: { payment: '1' }, ledger: 'memory' } as const
    const bursar = createBursar({ ...options, gasAccount, rpcUrls: { [BASE]: chain.rpcUrl } })
    onTestFinished(() => bursar.close())
    const offer = { scheme: 'exact', network: BASE, asset: chain.usdc, payTo: PAYEE, amount: '10000' }
    const accepts = [{ ...offer, maxTimeoutSeconds: 60, extra: { name: 'USD Coin', version: '2' } }]
    const send = async () => new Response(null, { status: 402 })
    const challenge = { x402Version: 2, accepts }
    const refused = bursar.pay(challenge, { origin: 'https://shop.example/', send })
    await expect(refused).rejects.toMatchObject({ moneyState: 'sent' })
    const [purchase] = await bursar.outstanding()
    expect(await auditOf(bursar).cancel(purchase?.id ?? '')).toMatchObject({ outcome: 'cancelled' })
  })

  it('that is not deployed yet has a status, and cannot be cancelled: nothing is sent', async () => {
    const account = await createSmallWallet(chain)
    const [payment, gasAccount] = [await sign(account), generatePrivateKey()]
    expect(await payerOf(account).getSettlementStatus(payment)).toEqual({ status: 'open' })
    const auditor = createEvmAuditor({ account, gasAccount, rpcUrls: { [BASE]: chain.rpcUrl } })
    await expect(auditor.cancel?.(payment)).rejects.toMatchObject({
      code: 'purchase/not-cancellable',
      context: { reason: expect.stringContaining('not deployed') }
    })
  })
})

describe("X107: a token of before USDC's version 2.2, which takes the authorizations of keys only", () => {
  const address = '0x00000000000000000000000000000000000a0201'
  const domain = { name: 'USD Coin', version: '2' }

  it('is not paid by a contract, and is by a key', async () => {
    // Its library judges signatures, which is not reached here.
    const code = artifacts.usdcV21().deployedBytecode.replaceAll(/__\$\w+\$__/g, '0'.repeat(40))
    await setCode(chain, address, `0x${code.slice(2)}`)
    const offer = offerOf({ asset: { ...offerOf().asset, address, domain } })
    await expect(sign(await createSafe(chain, [newKey()]), offer)).rejects.toMatchObject({
      code: 'signer/failed',
      moneyState: 'none',
      context: { reason: expect.stringContaining('takes authorizations of keys only') }
    })
    expect((await sign(newKey(), offer)).asset).toBe(address)
  })
})
