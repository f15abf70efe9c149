import { atomicUsdc, BursarError, type Ledger, type Purchase, systemRandom } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import { expect, it } from 'vitest'
import { paying, rejection } from '../../test/paying.js'
import { offer, payable, type Script, serve } from '../../test/scripted-server.js'

const limits = { payment: '0.05', total: '0.015' }

/** Answers the first payment with nothing, so that it holds the whole budget. */
const loses: Script = (arrival, response, index) =>
  arrival.payment && index < 2 ? void response.socket?.destroy() : payable(arrival, response, index)

/** A bursar whose first payment is unresolved and holds the budget, and how often its ledger and its chain are asked. */
async function held(validitySeconds: number) {
  const inner = memoryLedger()
  const asked = { ledger: 0, chain: 0 }
  const ledger: Changeable<Ledger> = {
    ...inner,
    reserve(reservation, options) {
      asked.ledger++
      return inner.reserve(reservation, options)
    }
  }
  const server = await serve(loses)
  // Of more than can be asked about, it begins with the first.
  const random = (length: number): Uint8Array => (length === 2 ? new Uint8Array(2) : systemRandom(length))
  const { bursar, payer } = paying({ ledger, limits, random, resend: { times: 0 } })
  payer.validitySeconds = validitySeconds
  await rejection(bursar.fetch(server.url))
  payer.getSettlementStatus = async () => {
    asked.chain++
    return payer.status === 'dead' ? { status: 'dead' } : { status: 'open' }
  }
  asked.ledger = 0
  const fetch = (path: string): Promise<unknown> =>
    bursar.fetch(`${server.url}${path}`).catch((error) => error)
  return { asked, ledger, payer, fetch }
}

type Changeable<Interface> = { -readonly [Name in keyof Interface]: Interface[Name] }

/** A reservation of which nothing was signed. */
function reserveUnsigned(ledger: Ledger, id: string): Promise<Purchase> {
  const terms = { network: 'eip155:8453', asset: offer.asset, payTo: offer.payTo, amountAtomic: 1n } as const
  return ledger.reserve({
    ...{ kind: 'payment', id, fingerprint: id, method: 'GET', origin: 'https://a.example', path: '/' },
    ...{ payer: '0xc', guards: { budgets: [] }, labels: {} },
    offer: { ...terms, dialect: 'x402-v2', cost: atomicUsdc(1n) }
  })
}

it('asks the chain about nothing that may still settle', async () => {
  const { asked, fetch } = await held(300)
  expect(await fetch('/other')).toMatchObject({ code: 'offer/over-limit', moneyState: 'none' })
  expect(asked).toEqual({ ledger: 1, chain: 0 })
})

it('reserves no second time where the chain says nothing new', async () => {
  const { asked, payer, fetch } = await held(-1)
  expect(await fetch('/other')).toMatchObject({ code: 'offer/over-limit', moneyState: 'none' })
  expect(asked).toEqual({ ledger: 1, chain: 1 })
  expect(payer.signed).toHaveLength(1)
})

it('asks the chain for no budget where the ledger refuses for another reason', async () => {
  const { asked, ledger, fetch } = await held(-1)
  ledger.reserve = async () => {
    throw new BursarError('ledger/unavailable', {
      message: 'The disk is full.',
      context: { reason: 'the disk is full' },
      moneyState: 'none'
    })
  }
  expect(await fetch('/other')).toMatchObject({ code: 'ledger/unavailable' })
  expect(asked.chain).toBe(0)
})

it('wastes none of its look-ups on what was never signed', async () => {
  const { ledger, payer, fetch } = await held(-1)
  const others = await Promise.all(
    Array.from({ length: 20 }, (_, index) => reserveUnsigned(ledger, `r${index}`))
  )
  const { outstanding } = ledger
  ledger.outstanding = async (options) => [...others, ...(await outstanding(options))]
  payer.status = 'dead'
  expect(await fetch('/other')).toMatchObject({ status: 200 })
})
