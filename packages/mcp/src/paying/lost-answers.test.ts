import { type BursarError, bursarErrorOf } from '@bursar/core'
import { expect, it } from 'vitest'
import { asks, challengeOf, paidTools, payable, receipt, type Script, sold } from '../../test/paid-tools.js'

const call = { name: 'report', arguments: { day: 1, of: { month: 2, year: 3 } } }
/** Only a lost answer takes longer, also on a busy machine. */
const shortly = { timeouts: { afterPaymentMs: 1_000 } }
const never = new Promise<never>(() => {})

/** Pays a call that fails, and returns its error. */
async function failure(calling: Promise<unknown>): Promise<BursarError> {
  const error = await calling.then(
    () => undefined,
    (reason: unknown) => reason
  )
  const ours = bursarErrorOf(error)
  if (!ours) throw new TypeError('It failed with no error of ours', { cause: error })
  return ours
}

/** Loses the answers to so many payments. */
function losing(times: number, then: Script = payable): Script {
  let left = times
  return (arrival, index) => (arrival.payment && left-- > 0 ? never : then(arrival, index))
}

it('X149, X151: a lost answer is asked for again with the same payment', async () => {
  const { paying, bursar, payments, signed } = await paidTools(losing(1), { bursar: shortly })
  expect(bursar.receiptOf(await paying.callTool(call))).toMatchObject({ moneyState: 'settled' })
  expect([payments().length, signed()]).toEqual([2, 1])
})

it('X149: an equal call carries on what stays lost, in whatever order its arguments are named', async () => {
  const { paying, bursar, payments, signed } = await paidTools(losing(2), { bursar: shortly })
  const lost = await failure(paying.callTool(call))
  expect(lost).toMatchObject({ code: 'payment/outcome-unknown' })
  expect(lost.message).toContain('the same call sends the same payment again and never a second one')
  const same = { name: 'report', arguments: { of: { year: 3, month: 2 }, day: 1 } }
  expect(bursar.receiptOf(await paying.callTool(same))).toMatchObject({ resumed: true })
  expect([payments().length, signed()]).toEqual([3, 1])
})

it('X149: other arguments, and another tool, are other purchases', async () => {
  const { paying, signed } = await paidTools(losing(2), { bursar: shortly })
  await failure(paying.callTool(call))
  await paying.callTool({ ...call, arguments: { day: 2 } })
  await paying.callTool({ ...call, name: 'forecast' })
  expect(signed()).toBe(3)
})

it('X147: a payment is for one call, also where the server would sell more for it', async () => {
  const prepaid = { 'x402/payment-response': { ...receipt, extra: { remaining: '90000', reusable: true } } }
  const { paying, payments, signed } = await paidTools(({ payment }) =>
    payment ? sold('a part', { _meta: prepaid }) : asks()
  )
  await paying.callTool(call)
  await paying.callTool(call)
  expect([payments().length, signed()]).toEqual([2, 2])
})

it('X142: a server that settles and asks again gets the same payment once more, and never another', async () => {
  const again = () => asks(challengeOf({}, { error: 'Payment settlement failed: timed out' }))
  const { paying, payments, signed } = await paidTools(again)
  const refused = await failure(paying.callTool(call))
  expect(refused).toMatchObject({
    code: 'payment/refused',
    context: { reason: 'Payment settlement failed: timed out' }
  })
  expect(refused.moneyState).toBe('unknown')
  await failure(paying.callTool(call))
  expect([payments().length, signed()]).toEqual([4, 1])
})

it('X142: where the second time helps, the result is handed over', async () => {
  let settles = 0
  const { paying, bursar, signed } = await paidTools(({ payment }) =>
    payment && settles++ > 0 ? sold() : asks()
  )
  expect(bursar.receiptOf(await paying.callTool(call))).toMatchObject({ moneyState: 'settled' })
  expect(signed()).toBe(1)
})

it.each([
  ['amount', { amount: '20000' }],
  ['payee', { payTo: '0x2222222222222222222222222222222222222222' }],
  ['network', { network: 'eip155:84532' }]
])('X150: another %s after the payment is refused, and nothing more is signed', async (_, change) => {
  const { paying, signed, purchases } = await paidTools(({ payment }) =>
    asks(challengeOf(payment ? change : {}))
  )
  expect(await failure(paying.callTool(call))).toMatchObject({ code: 'payment/refused' })
  expect(signed()).toBe(1)
  expect(await purchases()).toMatchObject([{ state: 'sent', offer: { amountAtomic: 10_000n } }])
})

it('a price that rises between two calls is what `maxPriceIncrease` allows, by tool', async () => {
  let amount = '10000'
  const script: Script = ({ payment }) => (payment ? sold() : asks(challengeOf({ amount })))
  const { paying, signed } = await paidTools(script, { bursar: { maxPriceIncrease: 1.5 } })
  await paying.callTool(call)
  amount = '20000'
  expect(await failure(paying.callTool(call))).toMatchObject({ moneyState: 'none' })
  await paying.callTool({ ...call, name: 'another' })
  expect(signed()).toBe(2)
})

it('X143: a result without settlement is handed over, and its payment stays open', async () => {
  const unsettled = { 'x402/payment-response': { ...receipt, success: false, transaction: '' } }
  const { paying, bursar, purchases } = await paidTools(({ payment }) =>
    payment ? sold('unsettled', { _meta: unsettled }) : asks()
  )
  const result = await paying.callTool(call)
  expect(result.content).toEqual([{ type: 'text', text: 'unsettled' }])
  expect(bursar.receiptOf(result)).toMatchObject({ moneyState: 'sent' })
  expect(await purchases()).toMatchObject([{ state: 'sent', call: 'answered' }])
})

it('X143, X151: a tool that fails without a receipt holds the budget, and an equal call sends the same payment', async () => {
  let fails = true
  const broken = { isError: true, content: [{ type: 'text', text: 'no such day' }] }
  const { paying, bursar, signed, purchases } = await paidTools(
    ({ payment }) => (payment ? (fails ? broken : sold()) : asks()),
    { bursar: { limits: { payment: '0.05', total: '0.01' } } }
  )
  const failed = await paying.callTool(call)
  expect(failed).toEqual(broken)
  expect(bursar.receiptOf(failed)).toMatchObject({ moneyState: 'sent' })
  expect(await purchases()).toMatchObject([{ state: 'sent', call: 'failed' }])
  expect(await failure(paying.callTool({ ...call, name: 'another' }))).toMatchObject({
    moneyState: 'none'
  })
  fails = false
  expect(bursar.receiptOf(await paying.callTool(call))).toMatchObject({
    moneyState: 'settled',
    resumed: true
  })
  expect(signed()).toBe(1)
})

it('a tool that fails with a receipt was paid, and the same call is a new purchase', async () => {
  const { paying, signed } = await paidTools(({ payment }) =>
    payment ? sold('too late', { isError: true }) : asks()
  )
  await paying.callTool(call)
  await paying.callTool(call)
  expect(signed()).toBe(2)
})
