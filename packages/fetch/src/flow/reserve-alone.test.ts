import type { Offer, PaymentTerms } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import { expect, it } from 'vitest'
import { paying, rejection } from '../../test/paying.js'
import type { RecordingPayer } from '../../test/recording-payer.js'
import { challenge, offer, type Script, serve, settle } from '../../test/scripted-server.js'

const fails: Script = (_, response) => void response.writeHead(500).end()
const facilitatorAddress = `0x${'4'.repeat(40)}`
const upto = { ...offer, scheme: 'upto', extra: { assetTransferMethod: 'permit2', facilitatorAddress } }

/** A paying fetch whose payments all carry a permit whose gas the server pays. */
function sponsored(options: Parameters<typeof paying>[0] = {}) {
  const made = paying({ resend: { times: 0 }, ...options })
  const { payer } = made
  const prepare = payer.prepare.bind(payer)
  payer.prepare = async (offer: Offer, terms: PaymentTerms) => {
    const prepared = await prepare(offer, terms)
    const sign = async () => ({ ...(await prepared.sign()), extensions: { eip2612GasSponsoring: {} } })
    return { ...prepared, sign, isSponsored: true as const }
  }
  return made
}

it('X91: a payment whose gas the server pays is not signed while another of its token is open', async () => {
  const server = await serve((arrival, response) =>
    arrival.payment ? void response.writeHead(500).end() : challenge(response)
  )
  const ledger = memoryLedger()
  const { bursar, payer } = sponsored({ ledger, timeouts: { afterPaymentMs: 1_000 } })
  await rejection(bursar.fetch(`${server.url}/first`))
  expect(payer.signed).toHaveLength(1)
  expect(await rejection(bursar.fetch(`${server.url}/second`))).toMatchObject({
    code: 'offer/none-usable',
    moneyState: 'none',
    message: expect.stringContaining('whose gas the server pays is still open')
  })
  expect(payer.signed).toHaveLength(1)
  payer.status = 'dead'
  await bursar.recover()
  await rejection(bursar.fetch(`${server.url}/second`))
  expect(payer.signed).toHaveLength(2)
})

it.each<[string, Script, (payer: RecordingPayer) => void]>([
  ['of another account', fails, (payer) => (payer.account = `0x${'3'.repeat(40)}`)],
  [
    'whose authorization is over, though nobody knows what became of it',
    fails,
    (payer) => (payer.status = 'outage')
  ],
  [
    'of which the server has taken nothing',
    (_, response) => settle(response, 'free', 200, { amount: '0' }),
    () => {}
  ]
])('X91: an open payment %s is not waited for', async (what, paid, change) => {
  const accepts = what.includes('nothing') ? [upto] : [offer]
  const server = await serve((arrival, response, index) =>
    arrival.payment ? paid(arrival, response, index) : challenge(response, accepts)
  )
  const { bursar, payer } = sponsored()
  if (what.includes('over')) payer.validitySeconds = 0
  await bursar.fetch(`${server.url}/first`).then(
    (response) => response.text(),
    () => undefined
  )
  change(payer)
  await bursar.fetch(`${server.url}/second`).catch(() => undefined)
  expect(payer.signed).toHaveLength(2)
})

it('X91: calls at the same time are paid one after the other, each prepared after the one before', async () => {
  const steps: string[] = []
  const unpaid: (() => void)[] = []
  const { url } = await serve((arrival, response) => {
    if (arrival.payment) {
      steps.push('paid')
      return settle(response)
    }
    // Nobody is told the price before all have asked for it.
    unpaid.push(() => challenge(response))
    if (unpaid.length === 3) for (const answer of unpaid) answer()
  })
  const { bursar, payer } = sponsored()
  const prepare = payer.prepare.bind(payer)
  payer.prepare = async (offer: Offer, terms: PaymentTerms) => {
    steps.push('prepared')
    const prepared = await prepare(offer, terms)
    const sign = () => {
      steps.push('signed')
      return prepared.sign()
    }
    return { ...prepared, sign }
  }
  const paths = ['/1', '/2', '/3']
  const answers = await Promise.all(paths.map(async (path) => (await bursar.fetch(url + path)).text()))
  expect(answers).toEqual(['paid', 'paid', 'paid'])
  expect(steps.join(' ')).toMatch(/^(?:(?:prepared )+signed (?:prepared )*paid ?){3}$/)
})
