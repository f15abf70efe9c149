import { BursarError, type Ledger, type SignInRequest, type WalletProof } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import { describe, expect, it } from 'vitest'
import { until } from '../../../../test/until.js'
import { paying, rejection } from '../../test/paying.js'
import { type Arrival, challenge, offer, type Script, serve, settle } from '../../test/scripted-server.js'
import { StoppedClock } from '../../test/stopped-clock.js'

const PROOF = 'proof-that-is-secret'

/** Stands in for the package that signs: it writes down what it is asked, and signs in as the payer. */
function proving() {
  const requests: SignInRequest[] = []
  const proofs = {
    async createProof(request: SignInRequest): Promise<WalletProof> {
      requests.push(request)
      const { origin } = new URL(request.url)
      return {
        origin,
        network: 'eip155:8453',
        address: `0x${'2'.repeat(40)}`,
        expiresAtSeconds: 2 ** 40,
        headerFor: () => ({ name: 'SIGN-IN-WITH-X', value: PROOF })
      }
    }
  }
  return { proofs, requests }
}

const proofIn = ({ headers }: Arrival): boolean => headers['sign-in-with-x'] === PROOF
const extensions = (nonce: string) => ({ 'sign-in-with-x': { info: { nonce }, supportedChains: [] } })
const asks: Script = (_, response, index) =>
  challenge(response, [offer], { extensions: extensions(`nonce${index}`) })
const grants: Script = (_, response) => void response.end('granted')

/** Asks for a price and a sign-in, and answers a proof by a script. */
function selling(proven: Script, paid: Script = (_, response) => settle(response)) {
  return serve((arrival, response, index) => {
    if (arrival.payment) return paid(arrival, response, index)
    return (proofIn(arrival) ? proven : asks)(arrival, response, index)
  })
}

describe('sign-in', () => {
  it('X11, X12: signs in as the payer where it has bought, and nowhere else', async () => {
    const server = await selling(grants)
    const { proofs, requests } = proving()
    const { bursar, payer } = paying({ proofs })
    await bursar.fetch(`${server.url}/a?x=1`)
    expect(requests).toEqual([])
    const again = await bursar.fetch(`${server.url}/a?x=2`)
    expect([await again.text(), bursar.receiptOf(again)]).toEqual(['granted', undefined])
    expect(requests.map(({ addresses }) => addresses)).toEqual([[payer.account]])
    await bursar.fetch(`${server.url}/b`)
    expect([requests.length, payer.signed.length]).toEqual([1, 2])
  })

  it('X11: signs in always where the user says so, and never where they say false', async () => {
    const server = await selling(grants)
    const { proofs, requests } = proving()
    const { bursar, payer } = paying({ proofs, signIn: 'always' })
    expect(await (await bursar.fetch(server.url)).text()).toBe('granted')
    expect(requests.map(({ addresses }) => addresses)).toEqual([undefined])
    await bursar.fetch(server.url, { bursar: { signIn: false } })
    await bursar.fetch(server.url, { bursar: { signIn: 'bought', again: true } })
    expect([requests.length, payer.signed.length]).toEqual([1, 2])
  })

  it('proves nothing to a host that is allowed no more once an equal call was waited for', async () => {
    const server = await selling(grants)
    const { proofs, requests } = proving()
    let hosts = [new URL(server.url).host]
    const inner = memoryLedger()
    const resume: Ledger['resume'] = (...query) => {
      hosts = ['other.test']
      return inner.resume(...query)
    }
    const limits = { payment: '1', total: '10' }
    const { bursar, payer } = paying({
      ...{ proofs, signIn: 'always', ledger: { ...inner, resume }, limits },
      currentPolicy: () => ({ limits, allow: { hosts } })
    })
    expect(await rejection(bursar.fetch(server.url))).toMatchObject({ code: 'request/host-refused' })
    expect([requests, payer.signed]).toEqual([[], []])
  })

  it('X8, X9, X10, X14: a proof that is not taken is sent once, and the payment answers the new 402', async () => {
    const server = await selling(asks)
    const { proofs, requests } = proving()
    const { bursar, payer } = paying({ proofs, signIn: 'always' })
    expect((await bursar.fetch(server.url)).status).toBe(200)
    const [, , paid] = server.arrivals
    const sent = JSON.parse(Buffer.from(paid?.payment ?? '', 'base64').toString())
    expect(sent.extensions).toEqual(extensions('nonce1'))
    expect(paid && proofIn(paid)).toBe(false)
    expect([requests.length, payer.signed.length, server.arrivals.length]).toEqual([1, 1, 3])
  })

  it('X14: the terms of the new 402 are checked anew', async () => {
    const dear: Script = (_, response) => challenge(response, [{ ...offer, amount: '60000' }])
    const server = await selling(dear)
    const { bursar, payer } = paying({ proofs: proving().proofs, signIn: 'always' })
    expect(await rejection(bursar.fetch(server.url))).toMatchObject({ code: 'offer/over-limit' })
    expect(payer.signed).toEqual([])
  })

  it.each<[string, Script, object]>([
    ['402 without a price', (_, r) => challenge(r, [], { extensions: extensions('n') }), { status: 402 }],
    ['401', (_, r) => void r.writeHead(401).end(), { status: 401 }]
  ])('X15: %s after a proof is an error that names the sign-in', async (_, proven, context) => {
    const server = await selling(proven)
    const { bursar, payer } = paying({ proofs: proving().proofs, signIn: 'always' })
    expect(await rejection(bursar.fetch(server.url))).toMatchObject({
      code: 'proof/refused',
      moneyState: 'none',
      context,
      message: expect.stringContaining('sign-in')
    })
    expect(payer.signed).toEqual([])
  })

  it('X8: a 403 after a proof is the caller’s answer, and nothing is paid', async () => {
    const server = await selling((_, response) => void response.writeHead(403).end('{"error":"banned"}'))
    const { bursar, payer } = paying({ proofs: proving().proofs, signIn: 'always' })
    const response = await bursar.fetch(server.url)
    expect([response.status, await response.text()]).toEqual([403, '{"error":"banned"}'])
    expect([payer.signed.length, server.arrivals.length]).toEqual([0, 2])
  })

  it('X16: follows no redirect with a proof, and no error or event holds it', async () => {
    const server = await selling((_, response) => void response.writeHead(307, { location: '/b' }).end())
    const { bursar, events } = paying({ proofs: proving().proofs, signIn: 'always' })
    const error = await rejection(bursar.fetch(`${server.url}/a`))
    expect(error).toMatchObject({ code: 'request/redirected' })
    expect(server.arrivals.map(({ path }) => path)).toEqual(['/a', '/a'])
    expect(JSON.stringify([events, error, String(error)])).not.toContain(PROOF)
    expect(events.map(({ type }) => type)).toEqual(['challenged', 'signed-in', 'error'])
  })

  it('X17: an answer that was lost after settlement is fetched by a sign-in, and nothing is paid', async () => {
    const ledger = memoryLedger()
    const refuse: Script = (_, response) =>
      challenge(response, [offer], { error: 'nonce used', extensions: extensions('n') })
    const server = await selling(grants, refuse)
    const { proofs, requests } = proving()
    const { bursar, payer } = paying({ ledger, proofs })
    payer.status = 'settled'
    expect(await rejection(bursar.fetch(server.url))).toMatchObject({
      code: 'payment/refused',
      moneyState: 'settled',
      message: expect.stringContaining('lets in who has paid: the same call signs in')
    })
    const answer = await bursar.fetch(server.url)
    expect(await answer.text()).toBe('granted')
    expect(bursar.receiptOf(answer)).toMatchObject({ moneyState: 'settled', resumed: true })
    expect([requests.length, payer.signed.length, server.paid().length]).toEqual([1, 1, 1])
  })

  it('X17: the same bytes are sent where the sign-in gives no answer', async () => {
    const cut: Script = (_, response) => void response.socket?.destroy()
    let cuts = 3
    const server = await selling(asks, (a, r, i) => (cuts-- > 0 ? cut(a, r, i) : settle(r, 'kept')))
    const { bursar, payer } = paying({ proofs: proving().proofs })
    payer.status = 'settled'
    await rejection(bursar.fetch(server.url))
    expect(await (await bursar.fetch(server.url)).text()).toBe('kept')
    expect(payer.signed).toHaveLength(1)
  })

  it.each<[string, Script, boolean]>([
    ['the server does not take the proof', (_, response) => void response.writeHead(401).end(), false],
    ['the connection breaks', (_, response) => void response.socket?.destroy(), false],
    ['the wallet refuses', asks, true]
  ])('X17: the same bytes are sent where %s', async (_, answersProof, refuses) => {
    let cuts = 3
    const unpaid: Script = (a, r, i) => (a.headers['sign-in-with-x'] ? answersProof(a, r, i) : asks(a, r, i))
    const server = await selling(unpaid, (_arrival, response) =>
      cuts-- > 0 ? void response.socket?.destroy() : settle(response, 'kept')
    )
    const { proofs } = proving()
    const createProof = async (): Promise<never> => {
      throw new TypeError('no')
    }
    const { bursar, payer } = paying({ proofs: refuses ? { ...proofs, createProof } : proofs })
    payer.status = 'settled'
    await rejection(bursar.fetch(server.url))
    expect(await (await bursar.fetch(server.url)).text()).toBe('kept')
    expect(payer.signed).toHaveLength(1)
  })

  it('X14: what was bought is paid again where the wallet signs no texts, and the event says why', async () => {
    const server = await selling(grants)
    const createProof = async (): Promise<never> => {
      const context = { network: 'eip155:8453', reason: 'it is a contract' } as const
      throw new BursarError('signer/failed', { message: 'No.', context, moneyState: 'none' })
    }
    const { bursar, payer, events } = paying({ proofs: { createProof } })
    for (let call = 0; call < 2; call++) await (await bursar.fetch(server.url)).text()
    expect(payer.signed).toHaveLength(2)
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'sign-in-refused', reason: 'it is a contract' })
    )
  })

  it.each([
    ['pays where there is a price', [offer], 200],
    ['says so where there is none', [], 'proof/refused']
  ])(
    'X118: a wallet that never answers a sign-in is waited for five minutes, and then it %s',
    async (_, accepts, end) => {
      const server = await serve((arrival, response) =>
        arrival.payment ? settle(response) : challenge(response, accepts, { extensions: extensions('n') })
      )
      const clock = new StoppedClock()
      let isAsked = false
      const createProof = () => {
        isAsked = true
        return new Promise<never>(() => {})
      }
      const { bursar, payer } = paying({ clock, proofs: { createProof }, signIn: 'always' })
      payer.nowMs = () => clock.nowMs()
      const called = bursar.fetch(server.url).then(
        ({ status }) => status,
        ({ code }: BursarError) => code
      )
      await until(() => isAsked)
      clock.advance(299_000)
      expect(payer.signed).toEqual([])
      clock.advance(1_000)
      expect(await called).toBe(end)
    }
  )

  it('says that a sign-in is asked for where nobody signs in', async () => {
    const server = await serve((_, r) => challenge(r, [], { extensions: extensions('n') }))
    const { bursar } = paying()
    expect(await rejection(bursar.fetch(server.url))).toMatchObject({
      code: 'proof/refused',
      message: expect.stringContaining('no account here signs in')
    })
  })
})
