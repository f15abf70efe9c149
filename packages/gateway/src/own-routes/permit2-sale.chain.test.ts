import type { JsonObject } from '@bursar/core'
import { expect, it } from 'vitest'
import type { RejectionReason } from '../index.js'
import { challengeOf, decode, encode, firstOffer, fundPayer, type Payer } from '../testing/payer.js'
import {
  approvePermit2,
  type Permit2Changes,
  signPermit2,
  signTokenPermit
} from '../testing/permit2-payer.js'
import { rpc } from '../testing/rpc.js'
import { useStack } from '../testing/stack.js'
import type { SellHandler } from './sale-route.js'
import type { SaleTerms } from './sale-terms.js'

const stack = useStack()
const OTHER = '0x00000000000000000000000000000000000b0b05'
let paths = 0

/** Sells at a new path. */
function sell(terms: SaleTerms, handler: SellHandler = () => new Response('sold')): string {
  const path = `/permit2/${++paths}`
  stack.gateway.sell(path, terms, handler)
  return `${stack.gateway.url}${path}`
}

async function newPayer(approved = true): Promise<Payer> {
  const payer = await fundPayer(stack.chain, 1_000_000n)
  if (approved) await approvePermit2(stack.chain, payer.key)
  return payer
}

const send = (url: string, payment: JsonObject): Promise<Response> =>
  fetch(url, { headers: { 'PAYMENT-SIGNATURE': encode({ x402Version: 2, ...payment }) } })

async function pay(url: string, { key }: Payer, changes: Permit2Changes = {}): Promise<Response> {
  const accepted = firstOffer(await fetch(url))
  return send(url, { accepted, payload: await signPermit2({ chain: stack.chain, key }, accepted, changes) })
}

async function expectRefusal(response: Response, reason: RejectionReason): Promise<void> {
  expect(challengeOf(response)).toMatchObject({ error: reason })
  expect(response.status).toBe(reason === 'permit2_allowance_required' ? 412 : 402)
}

const receiptOf = (response: Response) => decode(response.headers.get('PAYMENT-RESPONSE'))
const paidSoFar = () => stack.chain.balanceOf(stack.gateway.payTo.base)
const inSeconds = async (seconds: number) => BigInt((await stack.chain.nowSeconds()) + seconds)

/** What is wrong in a payment of either scheme, and the word that refuses it. */
const wrongs: readonly (readonly [RejectionReason, () => Permit2Changes | Promise<Permit2Changes>])[] = [
  ['invalid_permit2_spender', () => ({ spender: OTHER })],
  ['invalid_permit2_recipient_mismatch', () => ({ to: OTHER })],
  ['permit2_deadline_expired', async () => ({ deadline: await inSeconds(3) })],
  ['permit2_not_yet_valid', async () => ({ validAfter: await inSeconds(200) })],
  ['permit2_amount_mismatch', () => ({ amount: 9_999n })],
  ['permit2_token_mismatch', () => ({ token: OTHER })],
  ['invalid_permit2_signature', () => ({ chainId: 1 })]
]

it('X76, X83: exact by Permit2 is offered, taken once, and moved by the proxy', async () => {
  const payer = await newPayer()
  const url = sell({ price: '0.01', by: 'permit2' })
  const offered = {
    scheme: 'exact',
    extra: { name: 'USD Coin', version: '2', assetTransferMethod: 'permit2' }
  }
  expect(firstOffer(await fetch(url))).toMatchObject(offered)
  const before = await paidSoFar()
  const response = await pay(url, payer, { nonce: 7n })
  expect([response.status, await response.text()]).toEqual([200, 'sold'])
  expect(receiptOf(response)).toMatchObject({ success: true, transaction: expect.stringMatching(/^0x/) })
  expect(await paidSoFar()).toBe(before + 10_000n)
  stack.gateway.reset()
  await expectRefusal(await pay(url, payer, { nonce: 7n }), 'permit2_simulation_failed')
})

it.each(wrongs)('X83: exact by Permit2 is refused with %s, and nothing moves', async (reason, change) => {
  const url = sell({ price: '0.01', by: 'permit2' })
  const payer = await newPayer()
  await expectRefusal(await pay(url, payer, await change()), reason)
  expect(await stack.chain.balanceOf(payer.address)).toBe(1_000_000n)
})

it('X83: what fails in simulation is named: allowance (412), balance, proxy', async () => {
  const url = sell({ price: '0.01', by: 'permit2' })
  await expectRefusal(await pay(url, await newPayer(false)), 'permit2_allowance_required')
  const dear = sell({ price: '1.01', by: 'permit2' })
  await expectRefusal(await pay(dear, await newPayer()), 'permit2_insufficient_balance')
  const proxy = '0x402085c248EeA27D92E8b30b2C58ed07f9E20001'
  const code = await rpc(stack.chain, 'eth_getCode', proxy, 'latest')
  await rpc(stack.chain, 'anvil_setCode', proxy, '0x')
  await expectRefusal(await pay(url, await newPayer()), 'permit2_proxy_not_deployed')
  await rpc(stack.chain, 'anvil_setCode', proxy, code)
})

it('X83, X98: a signature of 64 bytes is refused, and one with a v of 0 or 1 fails in simulation', async () => {
  const url = sell({ price: '0.01', by: 'permit2' })
  const { key } = await newPayer()
  const accepted = firstOffer(await fetch(url))
  const payload = await signPermit2({ chain: stack.chain, key }, accepted)
  const short = payload.signature.slice(0, -2)
  const v = payload.signature.endsWith('1b') ? '00' : '01'
  const refused = (signature: string) => send(url, { accepted, payload: { ...payload, signature } })
  await expectRefusal(await refused(short), 'invalid_permit2_signature')
  await expectRefusal(await refused(`${short}${v}`), 'permit2_simulation_failed')
})

it('reads the payload strictly', async () => {
  const url = sell({ price: '0.01', by: 'permit2' })
  const { key } = await newPayer()
  const accepted = firstOffer(await fetch(url))
  const payload = await signPermit2({ chain: stack.chain, key }, accepted)
  const { permit2Authorization } = payload
  for (const change of [{ nonce: 7 }, { deadline: '01' }, { from: '0x12' }, { memo: '' }]) {
    const bent = { ...payload, permit2Authorization: { ...permit2Authorization, ...change } }
    await expectRefusal(await send(url, { accepted, payload: bent }), 'payload_malformed')
  }
})

it('X85, X86: upto takes what the handler sets, the most without it, and nothing of nothing', async () => {
  const payer = await newPayer()
  const charges = ['0.001858', undefined, '0']
  const url = sell({ price: '0.2', by: 'upto' }, (_request, charge) => {
    const usdc = charges.shift()
    if (usdc !== undefined) charge(usdc)
    return new Response('sold')
  })
  const extra = { assetTransferMethod: 'permit2', facilitatorAddress: expect.stringMatching(/^0x/) }
  expect(firstOffer(await fetch(url))).toMatchObject({ scheme: 'upto', amount: '200000', extra })
  for (const amount of ['1858', '200000', '0']) {
    const before = await paidSoFar()
    const response = await pay(url, payer)
    expect([response.status, await response.text()]).toEqual([200, 'sold'])
    const transaction = amount === '0' ? '' : expect.stringMatching(/^0x/)
    expect(receiptOf(response)).toMatchObject({ success: true, amount, transaction })
    expect(await paidSoFar()).toBe(before + BigInt(amount))
  }
})

it('X85: a charge above the most is refused with its word, and nothing moves', async () => {
  const payer = await newPayer()
  const url = sell({ price: '0.2', by: 'upto' }, (_request, charge) => {
    charge('0.200001')
    return new Response('sold')
  })
  const response = await pay(url, payer)
  expect(response.status).toBe(402)
  const errorReason = 'invalid_upto_evm_payload_settlement_exceeds_amount'
  expect(receiptOf(response)).toMatchObject({ success: false, errorReason, transaction: '' })
  expect(await stack.chain.balanceOf(payer.address)).toBe(1_000_000n)
})

it('takes nothing for an upto handler that fails', async () => {
  const payer = await newPayer()
  const url = sell({ price: '0.2', by: 'upto' }, () => new Response('no', { status: 422 }))
  const response = await pay(url, payer)
  expect([response.status, response.headers.get('PAYMENT-RESPONSE')]).toEqual([422, null])
  expect(await stack.chain.balanceOf(payer.address)).toBe(1_000_000n)
})

it.each<(typeof wrongs)[number]>([...wrongs, ['upto_facilitator_mismatch', () => ({ facilitator: OTHER })]])(
  'X83, X85: upto is refused with %s, before the work',
  async (reason, change) => {
    let calls = 0
    const url = sell({ price: '0.2', by: 'upto' }, () => new Response(String(++calls)))
    await expectRefusal(await pay(url, await newPayer(), await change()), reason)
    expect(calls).toBe(0)
  }
)

it('does an upto payment’s work once when its settlement is pending', async () => {
  let calls = 0
  const url = sell({ price: '0.2', by: 'upto' }, (_request, charge) => {
    charge('0.001')
    return new Response(String(++calls))
  })
  const { key } = await newPayer()
  const accepted = firstOffer(await fetch(url))
  const payload = await signPermit2({ chain: stack.chain, key }, accepted)
  stack.gateway.faults.next('settlement-pending')
  expect(receiptOf(await send(url, { accepted, payload }))).toMatchObject({
    errorReason: 'settlement_pending'
  })
  const response = await send(url, { accepted, payload })
  expect([response.status, await response.text()]).toEqual([200, '1'])
  expect(receiptOf(response)).toMatchObject({ success: true, amount: '1000' })
})

it.each(['permit2', 'upto'] as const)('X89, X90: a first payment by %s brings its permit', async (by) => {
  const url = sell({ price: '0.01', by, sponsored: true })
  const challenge = await fetch(url)
  const declared = { info: { version: '1' }, schema: {} }
  expect(decode(challenge.headers.get('PAYMENT-REQUIRED'))).toMatchObject({
    extensions: { eip2612GasSponsoring: declared }
  })
  const accepted = firstOffer(challenge)
  const wallet = { chain: stack.chain, key: (await newPayer(false)).key }
  const payload = await signPermit2(wallet, accepted)
  const info = await signTokenPermit(wallet, 10_000n)
  const wrong: readonly (readonly [RejectionReason, Record<string, string>])[] = [
    ['invalid_eip2612_extension_format', { version: 'one' }],
    ['invalid_eip2612_extension_format', { amount: '0x10' }],
    ['eip2612_from_mismatch', { from: OTHER }],
    ['eip2612_asset_mismatch', { asset: OTHER }],
    ['eip2612_spender_not_permit2', { spender: OTHER }],
    ['eip2612_deadline_expired', { deadline: String(await inSeconds(3)) }],
    ['permit2_allowance_required', { signature: `0x${'11'.repeat(64)}1b` }]
  ]
  const sponsored = (changes: Record<string, string>): Promise<Response> =>
    send(url, {
      accepted,
      payload,
      extensions: { eip2612GasSponsoring: { info: { ...info, ...changes }, schema: {} } }
    })
  for (const [reason, changes] of wrong) await expectRefusal(await sponsored(changes), reason)
  const before = await paidSoFar()
  expect((await sponsored({})).status).toBe(200)
  expect(await paidSoFar()).toBe(before + 10_000n)
})

it('does not sell what could not be paid as it says', () => {
  const sale = (terms: SaleTerms) => () => sell(terms)
  expect(sale({ price: '0.01', sponsored: true })).toThrow('only permit2 and upto can be sponsored')
  expect(sale({ price: '0.01', by: 'card' as 'upto' })).toThrow(/by must be/)
})
