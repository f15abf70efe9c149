import { expect, it } from 'vitest'
import { paying } from '../../test/paying.js'
import { challenge, serve, settle } from '../../test/scripted-server.js'

/** Where the money of a call is, by a receipt that says this. The chain knows nothing yet. */
async function moneyBy(receipt: object) {
  const { url } = await serve((arrival, response) =>
    arrival.payment ? settle(response, 'paid', 200, receipt) : challenge(response)
  )
  const { bursar, payer } = paying()
  payer.account = `0x${'a'.repeat(40)}`
  return bursar.receiptOf(await bursar.fetch(url))?.moneyState
}

it.each([
  ['network', { network: 'eip155:1' }],
  ['payer', { payer: `0x${'9'.repeat(40)}` }],
  ['amount', { amount: '9999' }]
])('a receipt of another %s is of another payment, and settles nothing', async (_, receipt) => {
  expect(await moneyBy(receipt)).toBe('sent')
})

it.each([
  ['the payment’s own network', { network: 'eip155:8453' }],
  ['a network by a name of the first version', { network: 'base' }],
  ['the payer, spelled otherwise', { payer: `0x${'A'.repeat(40)}` }],
  ['the amount that was signed', { amount: '10000' }],
  ['an amount that is none', { amount: 'all of it' }]
])('a receipt that names %s settles the payment', async (_, receipt) => {
  expect(await moneyBy(receipt)).toBe('settled')
})
