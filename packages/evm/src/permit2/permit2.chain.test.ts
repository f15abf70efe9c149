import {
  BASE,
  type Clock,
  type JsonObject,
  type Offer,
  type SignedPayment,
  systemClock,
  x402V2
} from '@bursar/core'
import { createRegistry } from '@bursar/core/registry'
import { parseChallenge } from '@bursar/core/wire'
import { type BaseChain, startBase } from '@bursar/localchain'
import {
  createPublicClient,
  createWalletClient,
  encodeFunctionData,
  erc20Abi,
  type Hex,
  http,
  multicall3Abi,
  parseAbi
} from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createEvmAuditor } from '../audit.js'
import { createEvmPayer } from '../index.js'

let chain: BaseChain
beforeAll(async () => {
  chain = await startBase()
})
afterAll(() => chain.stop())

const PERMIT2 = '0x000000000022D473030F116dDEE9F6B43aC78BA3'
const MULTICALL3 = '0xcA11bde05977b3631167028862bE2a173976CA11'
const PAYEE = '0x00000000000000000000000000000000000b0b05'
const abi = parseAbi([
  'struct TokenPermissions { address token; uint256 amount; }',
  'struct Permit { TokenPermissions permitted; uint256 nonce; uint256 deadline; }',
  'struct Permit2612 { uint256 value; uint256 deadline; bytes32 r; bytes32 s; uint8 v; }',
  'struct Witness { address to; uint256 validAfter; }',
  'struct UptoWitness { address to; address facilitator; uint256 validAfter; }',
  'function settle(Permit permit, address owner, Witness witness, bytes signature)',
  'function settleWithPermit(Permit2612 permit2612, Permit permit, address owner, Witness witness, bytes signature)',
  'function settle(Permit permit, uint256 amount, address owner, UptoWitness witness, bytes signature)'
])
const sponsoring: JsonObject = { eip2612GasSponsoring: { info: { version: '1' }, schema: {} } }

/** The wire payload, as a facilitator reads it. */
interface Wire {
  readonly signature: Hex
  readonly permit2Authorization: {
    readonly from: Hex
    readonly spender: Hex
    readonly permitted: { readonly token: Hex; readonly amount: string }
    readonly nonce: string
    readonly deadline: string
    readonly witness: { readonly to: Hex; readonly facilitator: Hex; readonly validAfter: string }
  }
}

function relayer() {
  const { privateKey = generatePrivateKey() } = chain.accounts[0] ?? {}
  return createWalletClient({ account: privateKeyToAccount(privateKey), transport: http(chain.rpcUrl) })
}

const publicClient = () => createPublicClient({ transport: http(chain.rpcUrl), pollingInterval: 20 })

async function mined(sent: Promise<Hex>): Promise<Hex> {
  const hash = await sent
  expect((await publicClient().waitForTransactionReceipt({ hash })).status).toBe('success')
  return hash
}

function offerOf(scheme: Offer['scheme'], amount: bigint): Offer {
  const extra = { assetTransferMethod: 'permit2', facilitatorAddress: relayer().account.address }
  const entry = { scheme, network: BASE, amount: String(amount), asset: chain.usdc, payTo: PAYEE }
  const accepts = [{ ...entry, maxTimeoutSeconds: 300, extra }]
  const [offer] = parseChallenge({ x402Version: 2, accepts }, createRegistry()).offers
  if (!offer) throw new TypeError('no offer')
  return offer
}

/** A payer with a dollar and gas. */
async function newPayer({
  approves = true,
  clock = systemClock
}: {
  approves?: boolean
  clock?: Clock
} = {}) {
  const key = generatePrivateKey()
  const account = privateKeyToAccount(key)
  await chain.mint(account.address, 1_000_000n)
  await chain.fundGas(account.address)
  const wallet = createWalletClient({ account, transport: http(chain.rpcUrl) })
  const approval = { address: chain.usdc, abi: erc20Abi, functionName: 'approve', chain: null } as const
  if (approves) await mined(wallet.writeContract({ ...approval, args: [PERMIT2, 2n ** 256n - 1n] }))
  const options = { account: key, rpcUrls: { [BASE]: chain.rpcUrl }, rpcTimeoutMs: 25_000, clock }
  const payer = createEvmPayer(options)
  const sign = async (offer: Offer, extensions?: JsonObject): Promise<SignedPayment> => {
    const terms = { dialect: x402V2, maxValiditySeconds: 300, extensions }
    return (await payer.prepare(offer, terms)).sign()
  }
  return { payer, sign, account, auditor: createEvmAuditor(options) }
}

function partsOf({ payload }: SignedPayment) {
  const { signature, permit2Authorization: said } = payload as never as Wire
  const { from, permitted, nonce, deadline, witness, spender } = said
  const permit = {
    permitted: { token: permitted.token, amount: BigInt(permitted.amount) },
    nonce: BigInt(nonce),
    deadline: BigInt(deadline)
  }
  return { spender, signature, permit, from, witness: { ...witness, validAfter: BigInt(witness.validAfter) } }
}

function settleExact(payment: SignedPayment): Promise<Hex> {
  const { spender: address, permit, from, witness, signature } = partsOf(payment)
  const args = [permit, from, witness, signature] as const
  return mined(relayer().writeContract({ address, abi, functionName: 'settle', args, chain: null }))
}

function charge(payment: SignedPayment, amount: bigint): Promise<Hex> {
  const { spender: address, permit, from, witness, signature } = partsOf(payment)
  const args = [permit, amount, from, witness, signature] as const
  return mined(relayer().writeContract({ address, abi, functionName: 'settle', args, chain: null }))
}

/** As a seller may, who names a contract as the facilitator. */
function chargeTogether(charges: readonly (readonly [SignedPayment, bigint])[]): Promise<Hex> {
  const calls = charges.map(([payment, amount]) => {
    const { spender: target, permit, from, witness, signature } = partsOf(payment)
    const args = [permit, amount, from, witness, signature] as const
    return {
      target,
      allowFailure: false,
      callData: encodeFunctionData({ abi, functionName: 'settle', args })
    }
  })
  const call = { address: MULTICALL3, abi: multicall3Abi, functionName: 'aggregate3', chain: null } as const
  return mined(relayer().writeContract({ ...call, args: [calls] }))
}

describe('X93 to X97: what became of a payment through Permit2', () => {
  it('exact is open, then settled by its transaction; the audit confirms it and lists it by its nonce', async () => {
    const { payer, sign, auditor } = await newPayer()
    const payment = await sign(offerOf('exact', 10_000n))
    expect(await payer.getSettlementStatus(payment)).toEqual({ status: 'open' })
    const transaction = await settleExact(payment)
    const settledAtSeconds = await chain.nowSeconds()
    const settled = { status: 'settled', transaction, amountAtomic: 10_000n, settledAtSeconds }
    expect(await payer.getSettlementStatus(payment)).toEqual(settled)
    expect(await auditor.confirm({ ...payment, transaction })).toBe('confirmed')
    expect(await auditor.confirm({ ...payment, transaction, amountAtomic: 9_999n })).toBe('contradicted')
    expect(await auditor.confirm({ ...payment, transaction, reference: `0x${'12'.repeat(32)}` })).toBe(
      'contradicted'
    )
    const [debit] = await auditor.readDebits(BASE, Date.now() - 3_600_000)
    expect(debit).toMatchObject({ reference: payment.reference, amountAtomic: 10_000n, transaction })
  })

  it('upto is settled at what was taken', async () => {
    const { payer, sign, auditor } = await newPayer()
    const payment = await sign(offerOf('upto', 500_000n))
    const transaction = await charge(payment, 1_858n)
    expect(await payer.getSettlementStatus(payment)).toMatchObject({
      status: 'settled',
      transaction,
      amountAtomic: 1_858n
    })
    expect(await auditor.confirm({ ...payment, transaction, amountAtomic: 1_858n, isCharge: true })).toBe(
      'confirmed'
    )
    expect(await auditor.confirm({ ...payment, transaction })).toBe('contradicted')
    expect(await auditor.confirm({ ...payment, transaction, isMost: true })).toBe('confirmed')
    const [debit] = await auditor.readDebits(BASE, Date.now() - 3_600_000)
    expect(debit).toMatchObject({ reference: payment.reference, amountAtomic: 1_858n })
  })

  it('X95: of several that a contract settles at once, each counts as the most, since nothing says which took what', async () => {
    const { payer, sign, auditor } = await newPayer()
    const offer = offerOf('upto', 500_000n)
    const throughContract = { ...offer, extra: { ...offer.extra, facilitatorAddress: MULTICALL3 } }
    const payments = [await sign(throughContract), await sign(throughContract)] as const
    const transaction = await chargeTogether([
      [payments[0], 1n],
      [payments[1], 400_000n]
    ])
    for (const payment of payments)
      expect(await payer.getSettlementStatus(payment)).toMatchObject({
        status: 'settled',
        amountAtomic: 500_000n
      })
    // Neither is one of them confirmed at the other's charge.
    const claim = { transaction, amountAtomic: 1n, isCharge: true } as const
    for (const payment of payments)
      expect(await auditor.confirm({ ...payment, ...claim })).toBe('contradicted')
    expect(await auditor.confirm({ ...payments[0], transaction, isMost: true })).toBe('confirmed')
  })

  it('many are read at once, each by itself, beside payments of the token', async () => {
    const { payer, sign } = await newPayer()
    const payments = [await sign(offerOf('exact', 1n)), await sign(offerOf('exact', 2n))]
    const [first, second] = payments
    if (!first || !second) throw new TypeError('two are signed')
    await settleExact(second)
    const plain: SignedPayment = { ...first, payload: { authorization: {} } }
    const statuses = await payer.getSettlementStatuses?.(BASE, [first, plain, second])
    expect(statuses?.map((one) => one?.status)).toEqual(['open', 'open', 'settled'])
  })

  it('X94: is dead only past its deadline, by the time of the chain and by ours', async () => {
    const restore = await chain.snapshot()
    let nowMs = Date.now()
    const clock = { ...systemClock, nowMs: () => nowMs }
    const { payer, sign } = await newPayer({ clock })
    const payment = await sign(offerOf('upto', 500_000n))
    await chain.increaseTime(340)
    expect(await payer.getSettlementStatus(payment)).toEqual({ status: 'open' })
    nowMs += 340_000
    expect(await payer.getSettlementStatus(payment)).toEqual({ status: 'dead' })
    await expect(charge(payment, 1n)).rejects.toThrow()
    await restore()
  })

  it('X96: is cancelled by its payer, and dead at once; a charge that came first stays settled', async () => {
    const { payer, sign, auditor } = await newPayer()
    const [cancelled, charged] = [await sign(offerOf('upto', 9n)), await sign(offerOf('upto', 9n))]
    expect(await auditor.cancel?.(cancelled)).toMatch(/^0x/)
    expect(await payer.getSettlementStatus(cancelled)).toEqual({ status: 'dead' })
    await expect(charge(cancelled, 1n)).rejects.toThrow()
    await charge(charged, 4n)
    await auditor.cancel?.(charged)
    expect(await payer.getSettlementStatus(charged)).toMatchObject({ status: 'settled', amountAtomic: 4n })
  })

  it('X95: a used nonce without a transfer or a cancellation in the logs is neither settled nor dead', async () => {
    const { sign, auditor } = await newPayer()
    const payment = await sign(offerOf('exact', 10n))
    await settleExact(payment)
    const client = publicClient()
    const request = async (call: { readonly method: string; readonly params?: unknown }) =>
      call.method === 'eth_getLogs' ? [] : client.request(call as never)
    const blind = createEvmPayer({ account: generatePrivateKey(), transports: { [BASE]: { request } } })
    await expect(blind.getSettlementStatus(payment)).rejects.toMatchObject({
      code: 'rpc/unavailable',
      moneyState: 'unknown'
    })
    expect(await blind.getSettlementStatuses?.(BASE, [payment])).toEqual([undefined])
    expect(auditor.family).toBe('eip155')
  })
})

it('X89: a permit whose gas the server pays is taken by the token', async () => {
  const { sign, account } = await newPayer({ approves: false })
  await expect(sign(offerOf('exact', 10_000n))).rejects.toMatchObject({ code: 'offer/none-usable' })
  const payment = await sign(offerOf('exact', 10_000n), sponsoring)
  const { info } = Object(payment.extensions?.eip2612GasSponsoring)
  const { spender: address, permit, from, witness, signature } = partsOf(payment)
  const [r, s] = [`0x${info.signature.slice(2, 66)}`, `0x${info.signature.slice(66, 130)}`] as const
  const v = Number.parseInt(info.signature.slice(130), 16)
  const permit2612 = { value: BigInt(info.amount), deadline: BigInt(info.deadline), r, s, v }
  const args = [permit2612, permit, from, witness, signature] as const
  const call = { address, abi, functionName: 'settleWithPermit', args, chain: null } as const
  await mined(relayer().writeContract(call))
  expect(await chain.balanceOf(account.address)).toBe(990_000n)
})
