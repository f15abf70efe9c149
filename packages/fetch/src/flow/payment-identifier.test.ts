import { memoryLedger } from '@bursar/ledger'
import { describe, expect, it } from 'vitest'
import { paying, rejection } from '../../test/paying.js'
import { type Arrival, challenge, offer, type Script, serve, settle } from '../../test/scripted-server.js'

const extensions = {
  'payment-identifier': {
    info: { required: true },
    schema: { properties: { id: { type: 'string', minLength: 16, maxLength: 128 } } }
  }
}
const asks: Script = (_, response) => challenge(response, [offer], { extensions })
const cut: Script = (_, response) => void response.socket?.destroy()

function sentIn({ payment = '' }: Arrival) {
  return JSON.parse(Buffer.from(payment, 'base64').toString('utf8'))
}

/** The identifiers of the payments, in the order of their arrival. */
function identifiersOf(arrivals: readonly Arrival[]): string[] {
  return arrivals.map((arrival) => sentIn(arrival).extensions['payment-identifier'].info.id)
}

describe('payment-identifier', () => {
  it.each([true, false])(
    'X19, X22: is the id of the purchase, the same on every resend (key at hand: %s)',
    async (isSync) => {
      let cuts = 2
      const server = await serve((arrival, response, index) => {
        if (!arrival.payment) return asks(arrival, response, index)
        return cuts-- > 0 ? cut(arrival, response, index) : settle(response)
      })
      const { bursar, payer } = paying()
      payer.isSync = isSync
      const receipt = bursar.receiptOf(await bursar.fetch(server.url))
      expect(identifiersOf(server.paid())).toEqual([receipt?.purchase, receipt?.purchase, receipt?.purchase])
      expect(new Set(server.paid().map(({ payment }) => payment)).size).toBe(1)
      expect(receipt?.purchase).toMatch(/^p[0-9a-f]{32}$/)
    }
  )

  it('X22: is the same when another process resumes the purchase', async () => {
    const ledger = memoryLedger()
    const server = await serve((a, r, i) => (a.payment ? cut(a, r, i) : asks(a, r, i)))
    await rejection(paying({ ledger }).bursar.fetch(server.url))
    await rejection(paying({ ledger }).bursar.fetch(server.url))
    expect(server.paid().length).toBeGreaterThan(3)
    expect(new Set(server.paid().map(({ payment }) => payment)).size).toBe(1)
  })

  it('X22: is a new one for a payment that is signed again', async () => {
    const server = await serve((_, response) =>
      challenge(response, [offer], { extensions, error: 'too late' })
    )
    const { bursar, payer } = paying()
    payer.status = 'dead'
    await rejection(bursar.fetch(server.url))
    const identifiers = identifiersOf(server.paid())
    expect([identifiers.length, new Set(identifiers).size]).toEqual([2, 2])
  })

  it('X23: 409 stops: the chain is asked, and nothing is signed again', async () => {
    const conflict: Script = (_, response) => void response.writeHead(409).end('{"error":"conflict"}')
    const server = await serve((a, r, i) => (a.payment ? conflict(a, r, i) : asks(a, r, i)))
    const { bursar, payer } = paying()
    expect(await rejection(bursar.fetch(server.url))).toMatchObject({
      code: 'payment/refused',
      moneyState: 'sent',
      context: { status: 409 }
    })
    payer.status = 'settled'
    expect(await rejection(bursar.fetch(server.url))).toMatchObject({ moneyState: 'settled' })
    expect(payer.signed).toHaveLength(1)
  })

  it('hands a 409 of the resource over where the payment has no identifier, or was taken', async () => {
    const taken = await serve((a, r, i) => (a.payment ? settle(r, 'conflict', 409) : asks(a, r, i)))
    const plain = await serve((a, r) => (a.payment ? void r.writeHead(409).end() : challenge(r)))
    const { bursar } = paying()
    expect((await bursar.fetch(taken.url)).status).toBe(409)
    expect((await bursar.fetch(plain.url)).status).toBe(409)
  })

  it('X23: after 400 the payment is held, and an equal call sends its bytes again', async () => {
    const server = await serve((a, r, i) => (a.payment ? void r.writeHead(400).end() : asks(a, r, i)))
    const { bursar, payer } = paying()
    const refused = await bursar.fetch(server.url)
    expect([refused.status, bursar.receiptOf(refused)?.moneyState]).toEqual([400, 'sent'])
    expect((await bursar.outstanding()).map(({ state }) => state)).toEqual(['sent'])
    await bursar.fetch(server.url)
    expect(payer.signed).toHaveLength(1)
  })

  it('X24: signs nothing where an extension is required that cannot be answered', async () => {
    const kyc = { kyc: { info: { required: true } } }
    const server = await serve((_, response) => challenge(response, [offer], { extensions: kyc }))
    const { bursar, payer } = paying()
    expect(await rejection(bursar.fetch(server.url))).toMatchObject({
      code: 'offer/none-usable',
      message: expect.stringContaining('requires the extension kyc, which cannot be answered')
    })
    expect((await bursar.quote(server.url)).offers).toEqual([])
    expect([payer.prepared, payer.signed.length, server.paid().length]).toEqual([0, 0, 0])
  })
})

describe('X25: the advice after a payment that settled', () => {
  const refuse: Script = (_, response) => challenge(response, [offer], { error: 'nonce already used' })
  it.each<[string, Script, Script, RegExp, RegExp]>([
    [
      'refused',
      (_, r) => challenge(r),
      refuse,
      /does not give its answer to that payment again/,
      /same call/
    ],
    ['refused, with identifier', asks, refuse, /does not give its answer to that payment again/, /same call/],
    ['lost', (_, r) => challenge(r), cut, /does not say that it keeps its answers/, /asks for this one/],
    [
      'lost, with identifier',
      asks,
      cut,
      /keeps its answers: the same call asks for this one/,
      /made only on purpose/
    ]
  ])('%s', async (_, unpaid, paid, says, not) => {
    const server = await serve((a, r, i) => (a.payment ? paid(a, r, i) : unpaid(a, r, i)))
    const { bursar, payer } = paying()
    payer.status = 'settled'
    const error = await rejection(bursar.fetch(server.url))
    expect(error).toMatchObject({ moneyState: 'settled', message: expect.stringMatching(says) })
    expect(String(error)).not.toMatch(not)
  })
})
