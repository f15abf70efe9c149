import { memoryLedger } from '@bursar/ledger'
import { expect, it } from 'vitest'
import { paying, rejection } from '../../test/paying.js'
import {
  breakOff,
  challenge,
  offer,
  receiptHeader,
  type Script,
  serve,
  settle
} from '../../test/scripted-server.js'

const facilitatorAddress = `0x${'4'.repeat(40)}`
const upto = {
  ...offer,
  scheme: 'upto',
  amount: '50000',
  extra: { assetTransferMethod: 'permit2', facilitatorAddress }
}
const limits = { payment: '0.05', total: '0.05' }

/** Asks for up to 0.05 USDC, and takes what the test says. */
const takes =
  (settlement: object): Script =>
  (arrival, response) =>
    arrival.payment ? settle(response, 'paid', 200, settlement) : challenge(response, [upto])

it('X86: settles at what the server took, and gives the rest back to the budgets', async () => {
  const server = await serve(takes({ amount: '1858' }))
  const { bursar, payer } = paying({ limits })
  payer.status = 'settled'
  payer.taken = 1858n
  const first = await bursar.fetch(server.url)
  expect(bursar.receiptOf(first)).toMatchObject({
    moneyState: 'settled',
    amount: '0.001858',
    amountAtomic: 1858n,
    most: '0.05'
  })
  await first.text()
  const rejected = await rejection(bursar.fetch(`${server.url}/again`))
  expect(rejected).toMatchObject({ code: 'offer/over-limit', context: { used: '0.001858' } })
})

it('X86: counts what the chain shows, where the server names less than it took', async () => {
  const server = await serve(takes({ amount: '1' }))
  const { bursar, payer } = paying({ limits })
  payer.status = 'settled'
  payer.taken = 50_000n
  const first = await bursar.fetch(server.url)
  expect(bursar.receiptOf(first)).toMatchObject({ moneyState: 'settled', amount: '0.05' })
  await first.text()
  const rejected = await rejection(bursar.fetch(`${server.url}/again`))
  expect(rejected).toMatchObject({ code: 'offer/over-limit', context: { used: '0.05' } })
  expect(payer.signed).toHaveLength(1)
})

it.each(['open', 'outage'] as const)(
  'X86: gives nothing back by the word of the server alone (chain: %s)',
  async (status) => {
    const server = await serve(takes({ amount: '1' }))
    const { bursar, payer } = paying({ limits })
    payer.status = status
    const first = await bursar.fetch(server.url)
    expect(bursar.receiptOf(first)).toMatchObject({ moneyState: 'sent', amount: '0.05' })
    await first.text()
    const rejected = await rejection(bursar.fetch(`${server.url}/again`))
    expect(rejected).toMatchObject({ code: 'offer/over-limit', context: { used: '0.05' } })
    payer.status = 'settled'
    payer.taken = 1n
    await bursar.recover()
    const after = await rejection(bursar.fetch(`${server.url}/again`))
    expect(after).toMatchObject({ context: { used: '0.000001' } })
  }
)

it.each([
  ['more than the most', { amount: '50001' }],
  ['another payer', { payer: `0x${'9'.repeat(40)}`, amount: '1' }]
])('X86: a receipt of %s is of another payment, and settles nothing', async (_, settlement) => {
  const server = await serve(takes(settlement))
  const { bursar, payer } = paying({ limits })
  payer.status = 'settled'
  const response = await bursar.fetch(server.url)
  expect(bursar.receiptOf(response)).toMatchObject({ moneyState: 'sent', amount: '0.05' })
})

it('X86: counts the most where the server does not say what it took', async () => {
  const server = await serve(takes({}))
  const { bursar } = paying()
  const response = await bursar.fetch(server.url)
  expect(bursar.receiptOf(response)).toMatchObject({ moneyState: 'settled', amount: '0.05' })
})

it('X86: a receipt above the most is about no payment of this call, which is held', async () => {
  const server = await serve(takes({ amount: '50001' }))
  const { bursar } = paying()
  const response = await bursar.fetch(server.url)
  expect(bursar.receiptOf(response)).toMatchObject({ moneyState: 'sent', amount: '0.05' })
})

it('X86: verification gets what the server says that it took', async () => {
  const server = await serve(takes({ amount: '1858' }))
  const claims: unknown[] = []
  const { bursar } = paying({
    verifyReceipt: async (purchase, _transaction, taken) => {
      claims.push([purchase.offer.amountAtomic, taken])
      return undefined
    }
  })
  await bursar.fetch(server.url)
  expect(claims).toEqual([[50_000n, 1_858n]])
})

it('X84: a charge of 0 holds the most until proof of death, and its bytes are never sent again', async () => {
  const server = await serve(takes({ amount: '0', transaction: '' }))
  const ledger = memoryLedger()
  const { bursar, payer } = paying({ ledger })
  const response = await bursar.fetch(server.url)
  expect(bursar.receiptOf(response)).toMatchObject({ moneyState: 'sent', amount: '0.05' })
  await response.text()
  expect(await ledger.outstanding()).toMatchObject([
    { state: 'sent', call: 'answered', offer: { cost: 50_000n } }
  ])
  await bursar.fetch(server.url)
  expect(new Set(server.paid().map(({ payment }) => payment)).size).toBe(2)
  payer.status = 'dead'
  await bursar.recover()
  expect(await ledger.outstanding()).toEqual([])
})

it('X84: nor are they where the answer breaks off after a charge of 0, and the error does not advise it', async () => {
  const server = await serve((arrival, response) => {
    if (!arrival.payment) return challenge(response, [upto])
    const receipt = receiptHeader({ amount: '0', transaction: '' })
    response.writeHead(200, { 'PAYMENT-RESPONSE': receipt, 'content-length': '100' })
    breakOff(response)
  })
  const { bursar, payer } = paying()
  const error = await rejection(bursar.fetch(server.url).then((response) => response.text()))
  expect(String(error)).not.toContain('the same call sends the same payment')
  await rejection(bursar.fetch(server.url).then((response) => response.text()))
  expect(payer.signed).toHaveLength(2)
  expect(new Set(server.paid().map(({ payment }) => payment)).size).toBe(2)
})

it('X87: limits, errors, quote and confirm speak of the most, as such', async () => {
  const server = await serve(takes({ amount: '1' }))
  const tight = paying({ limits: { payment: '0.049', total: '1' } })
  const error = await rejection(tight.bursar.fetch(server.url))
  expect(error).toMatchObject({
    code: 'offer/over-limit',
    message: expect.stringContaining('up to 0.05 USDC')
  })
  expect(tight.payer.signed).toEqual([])
  const asked: unknown[] = []
  const { bursar } = paying({ confirm: (proposal) => asked.push(proposal) > 0 })
  expect((await bursar.quote(server.url)).offers).toMatchObject([{ amount: '0.05', isMost: true }])
  await bursar.fetch(server.url)
  expect(asked).toMatchObject([{ amount: '0.05', isMost: true }])
})

it('X87: the price that is watched is the most, whatever was taken', async () => {
  let amount = 20_000
  const server = await serve((arrival, response) =>
    arrival.payment
      ? settle(response, 'paid', 200, { amount: '1' })
      : challenge(response, [{ ...upto, amount: String(amount) }])
  )
  const { bursar } = paying({ maxPriceIncrease: 2 })
  await (await bursar.fetch(server.url)).text()
  amount = 40_000
  await (await bursar.fetch(server.url)).text()
  amount = 50_000
  expect((await bursar.fetch(server.url)).status).toBe(200)
  amount = 49_000
  expect((await bursar.fetch(server.url)).status).toBe(200)
})
