import { BASE, type JsonObject, type SignedPayment, systemClock } from '@bursar/core'
import { createTestClient, http } from 'viem'
import { generatePrivateKey } from 'viem/accounts'
import { describe, expect, it } from 'vitest'
import {
  abi,
  chain,
  charge,
  chargeTogether,
  MULTICALL3,
  mined,
  newPayer,
  offerOf,
  partsOf,
  publicClient,
  relayer,
  settleExact,
  usePermit2Chain
} from '../../test/permit2-chain.js'
import { createEvmPayer } from '../index.js'

usePermit2Chain()

const sponsoring: JsonObject = { eip2612GasSponsoring: { info: { version: '1' }, schema: {} } }

/** Settles a payment in a block of this second, and says what came of it. The gas is given, since an estimate knows no such block. */
async function settleAt(timestamp: bigint, payment: SignedPayment): Promise<string> {
  const test = createTestClient({ mode: 'anvil', transport: http(chain.rpcUrl) })
  await test.setNextBlockTimestamp({ timestamp })
  const { spender: address, permit, from, witness, signature } = partsOf(payment)
  const args = [permit, from, witness, signature] as const
  const call = { address, abi, functionName: 'settle', args, chain: null, gas: 500_000n } as const
  return (await chain.awaitReceipt(await relayer().writeContract(call))).status
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

  it('X81: is taken in the second of its deadline, in which it is not dead, and not in the next', async () => {
    const restore = await chain.snapshot()
    let nowMs = Date.now()
    const { payer, sign } = await newPayer({ clock: { ...systemClock, nowMs: () => nowMs } })
    const [first, second] = [await sign(offerOf('exact', 1n)), await sign(offerOf('exact', 2n))]
    expect(second.expiry).toBe(first.expiry)
    nowMs += 3_600_000
    expect(await settleAt(first.expiry, first)).toBe('success')
    expect(await payer.getSettlementStatuses?.(BASE, [first, second])).toMatchObject([
      { status: 'settled', amountAtomic: 1n },
      { status: 'open' }
    ])
    expect(await settleAt(first.expiry + 1n, second)).toBe('reverted')
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
