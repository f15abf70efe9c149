import { createServer } from 'node:http'
import { encodeHeader } from '@bursar/core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startPaidServer } from '../../../../test/loopback/paid-server.js'
import { payer } from '../../test/paying-terminal.js'

const EURC = { asset: '0x60a3E35Cc302bFA44Cb288Bc5a4F316Fdb1adb42', extra: { name: 'EURC', version: '2' } }
const USDC_OF_POLYGON = {
  network: 'eip155:137',
  asset: '0x3c499c542cEF5E3811e1192ce70d8cC03d5c3359',
  extra: { name: 'USD Coin', version: '2' }
}

describe('bursar --rate', () => {
  it('X135: pays EURC only with a rate, from the option or BURSAR_RATES, and counts by it', async () => {
    const url = await sellFor(EURC)
    const { bursar } = payer()
    expect(await bursar('quote', url)).toMatchObject({ code: 3, out: expect.stringContaining('rate') })
    const rated = await bursar('quote', url, '--rate', 'EURC=1.08', '--rate', 'XSGD=0.74', '--json')
    expect(JSON.parse(rated.out)).toMatchObject({ offers: [{ amount: '1', symbol: 'EURC', cost: '1.08' }] })
    const before = await bursar('--rate', 'EURC=1.08', 'quote', url, '--max-amount', '1.07')
    expect(before).toMatchObject({ code: 3, out: expect.stringContaining('1.07') })
    const set = payer({ env: { BURSAR_RATES: 'XSGD=0.74, EURC=1.2' } })
    const [fromEnv, overridden] = [
      await set.bursar('quote', url, '--json'),
      await set.bursar('quote', url, '--json', '--rate', 'EURC=1.1')
    ]
    expect(JSON.parse(fromEnv.out)).toMatchObject({ offers: [{ cost: '1.2' }] })
    expect(JSON.parse(overridden.out)).toMatchObject({ offers: [{ cost: '1.1' }] })
  })

  it('refuses a malformed rate, and names where it is set', async () => {
    const { url } = await startPaidServer()
    const { bursar } = payer()
    for (const rate of ['EURC', 'EURC=', '=1', 'EURC=0', 'EURC=-1', 'EURC=1e3', 'EURC=1=2', ''])
      expect(await bursar('quote', `${url}/report`, '--rate', rate)).toMatchObject({ code: 2 })
    const set = payer({ env: { BURSAR_RATES: 'EURC=much' } })
    expect(await set.bursar('quote', `${url}/report`)).toMatchObject({
      code: 2,
      err: expect.stringContaining('BURSAR_RATES')
    })
  })
})

describe('what an offer needs', () => {
  it('X133: says that a network without an endpoint is not paid on, in quote and doctor as in pay', async () => {
    const url = await sellFor(USDC_OF_POLYGON)
    const { bursar } = payer()
    const without = /no RPC endpoint of its network/
    expect(await bursar('quote', url)).toMatchObject({ code: 3, out: expect.stringMatching(without) })
    expect((await bursar('doctor', url)).out).toMatch(without)
    const { findings }: { findings: unknown } = JSON.parse((await bursar('doctor', url, '--json')).out)
    expect(findings).toContainEqual({ what: 'offer', ok: false, text: expect.stringMatching(without) })
    const paid = await bursar('pay', url, '--max-amount', '2')
    expect(paid).toMatchObject({ code: 3, err: expect.stringMatching(without) })
    const given = payer({ env: { BURSAR_RPC_EIP155_137: 'http://127.0.0.1:9' } })
    expect((await given.bursar('quote', url)).code).toBe(0)
  })

  it('says in the token of the offer what the account lacks', async () => {
    const url = await sellFor(EURC)
    const { bursar } = payer({ env: { BURSAR_RPC_BASE: await startNode(250_000n) } })
    const quoted = await bursar('quote', url, '--rate', 'EURC=1.08')
    expect(quoted).toMatchObject({ code: 3, out: expect.stringMatching(/holds 0\.25 EURC on Base/) })
    const { findings }: { findings: unknown } = JSON.parse(
      (await bursar('doctor', url, '--json', '--rate', 'EURC=1.08')).out
    )
    expect(findings).toContainEqual({ what: 'offer', ok: false, text: expect.stringMatching(/0\.25 EURC/) })
  })
})

/** Sells one unit of a token. */
async function sellFor(terms: object): Promise<string> {
  const offer = {
    scheme: 'exact',
    network: 'eip155:8453',
    amount: '1000000',
    maxTimeoutSeconds: 60,
    ...terms
  }
  const payTo = `0x${'1'.repeat(40)}`
  const { url } = await startPaidServer({
    '/token': ({ url: { href } }, response) => {
      const required = { x402Version: 2, resource: { url: href }, accepts: [{ ...offer, payTo }] }
      response.writeHead(402, { 'PAYMENT-REQUIRED': encodeHeader(required) }).end()
    }
  })
  return `${url}/token`
}

/** A node of Base where every account holds so much of every token. */
async function startNode(atomic: bigint): Promise<string> {
  const word = `0x${atomic.toString(16).padStart(64, '0')}`
  const answers: Readonly<Record<string, string>> = {
    eth_chainId: '0x2105',
    eth_getBalance: '0x0',
    eth_call: word
  }
  const server = createServer(async (message, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of message) chunks.push(chunk)
    const { id, method }: { id: number; method: string } = JSON.parse(Buffer.concat(chunks).toString())
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ jsonrpc: '2.0', id, result: answers[method] }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : undefined}`
}
