import { describe, expect, it } from 'vitest'
import { type Arrival, challenge, receipt, startPaidServer } from '../../../../test/loopback/paid-server.js'
import { EVM_KEY, newTerminal } from '../../test/terminal.js'

const PASSPHRASE = 'correct horse battery staple'

/** A terminal whose wallet is encrypted, and a person who types its passphrase this often after making it. */
async function locked(unlocks: number) {
  const typed = Array.from({ length: 2 + unlocks }, () => PASSPHRASE)
  const terminal = newTerminal({
    env: { BURSAR_RPC_BASE: 'http://127.0.0.1:9' },
    answers: [EVM_KEY, ...typed]
  })
  await terminal.bursar('wallet', 'import', 'main')
  await terminal.bursar('limits', 'set', 'payment=1', 'day=5')
  terminal.asked.length = 0
  return terminal
}

const stops = { code: 3, err: expect.stringContaining('the key may be known') }

describe('while the record is frozen', () => {
  it('verbs that pay say so without asking for a passphrase, and pay again once it is thawed', async () => {
    const { url, payments } = await startPaidServer()
    const { bursar, asked } = await locked(1)
    await bursar('freeze', 'the key may be known')
    expect(await bursar('pay', `${url}/report`)).toMatchObject(stops)
    expect([asked, payments()]).toEqual([[], 0])
    await bursar('thaw')
    expect((await bursar('pay', `${url}/report`)).code).toBe(0)
    expect([asked.length, payments()]).toEqual([1, 1])
  })

  it('what costs nothing is still fetched, once, and nobody is asked', async () => {
    const { url, arrivals } = await startPaidServer({ '/free': (_, response) => void response.end('hello') })
    const { bursar, asked } = await locked(0)
    await bursar('freeze', 'the key may be known')
    expect(await bursar('pay', `${url}/free`, '-d', 'x')).toMatchObject({ code: 0, out: 'hello' })
    expect([asked, arrivals.length]).toEqual([[], 1])
  })

  it('a sign-in, which is no payment, asks for the passphrase and goes on with the key', async () => {
    const seen: Arrival[] = []
    const { url } = await startPaidServer({
      '/members': (arrival, response) => {
        seen.push(arrival)
        if (arrival.headers['sign-in-with-x']) response.end('welcome\n')
        else challenge(arrival, response, { 'sign-in-with-x': signInTo(arrival) })
      }
    })
    const { bursar, asked } = await locked(1)
    await bursar('freeze', 'the key may be known')
    const signedIn = await bursar('pay', `${url}/members`, '--sign-in', 'always')
    expect(signedIn).toMatchObject({ code: 0, out: 'welcome\n' })
    expect(asked).toHaveLength(1)
    expect(seen.every(({ payment }) => payment === undefined)).toBe(true)
  })

  it('a payment at whose price it is thawed asks for the passphrase and is made, once', async () => {
    const { bursar, asked } = await locked(1)
    const { url, payments } = await startPaidServer({
      '/late': async (arrival, response) => {
        if (arrival.payment !== undefined) return void response.writeHead(200, receipt()).end('here')
        await bursar('thaw')
        challenge(arrival, response)
      }
    })
    await bursar('freeze', 'the key may be known')
    expect(await bursar('pay', `${url}/late`)).toMatchObject({ code: 0, out: 'here' })
    expect([asked.length, payments()]).toEqual([1, 1])
  })
})

/** What a server asks to be signed, by the extension of x402. */
function signInTo({ url }: Arrival) {
  return {
    info: {
      domain: url.host,
      uri: url.href,
      version: '1',
      nonce: '0123456789abcdef0123456789abcdef',
      issuedAt: new Date().toISOString()
    },
    supportedChains: [{ chainId: 'eip155:8453', type: 'eip191' }]
  }
}
