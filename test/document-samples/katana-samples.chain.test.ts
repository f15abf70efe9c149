import { encodeHeader, type JsonObject, katana as katanaDialect, type Payer } from '@bursar/core'
import { createRegistry } from '@bursar/core/registry'
import { parseChallenge } from '@bursar/core/wire'
import { createEvmPayer } from '@bursar/evm'
import { createSolanaPayer } from '@bursar/solana'
import type { Bursar } from 'bursar'
import { describe, expect, it } from 'vitest'
import { katanaBodies } from './katana-bodies.js'
import {
  balanceExample,
  balanceFunctions,
  directExample,
  directFunction,
  retargetFunctions
} from './katana-programs.js'
import { CHAT, katanaCurl } from './katana-requests.js'
import { useKatanaStage } from './katana-stage.js'
import { playProgram, playRequests } from './play-sample.js'
import type { Sample } from './sample.js'

const katana = useKatanaStage()

/** What was settled, without the top-up with which each sample begins. */
async function paid(bursar: Bursar): Promise<number> {
  let count = -1
  for await (const { state } of bursar.history()) if (state === 'settled') count++
  return count
}

/** The requests that a payment pays for: those that cost something and carry neither a proof nor a key. */
function pays({ requests = [] }: Sample): number {
  return requests.filter(({ method, headers }) => method !== 'GET' && headers === undefined).length
}

describe('the requests of the guide', () => {
  it.each([...katanaCurl, ...katanaBodies])(
    'S65, Katana 164: $section, $title ($language) runs, and is paid once',
    async (sample) => {
      const { bursar, stage } = await katana.open(sample.title.startsWith('Solana') ? 'solana' : 'base')
      const responses = await playRequests(sample, stage)
      expect(responses.map(({ status }) => status)).toEqual(sample.requests?.map(() => 200))
      expect(await paid(bursar)).toBe(pays(sample))
      const polled = sample.requests?.findIndex(({ path }) => typeof path === 'function') ?? -1
      if (polled >= 0) expect(await responses[polled]?.json()).toMatchObject({ status: 'completed' })
    }
  )

  it('S65: a text that a proof pays for is taken from the balance, and a read says so', async () => {
    const { katana: client, stage } = await katana.open()
    const [text, balance] = ['Balance-funded text', 'Balance read'].map((title) =>
      katanaCurl.find((each) => each.title === title)
    )
    if (!text || !balance) throw new TypeError('The samples have other names')
    await playRequests(text, stage)
    const [read] = await playRequests(balance, stage)
    expect(await client.balance.balance()).toBeLessThan(500_000n)
    expect(await read?.json()).toMatchObject({ balance_usdc: expect.stringMatching(/^0\.49/) })
  })
})

/** What the guide leaves to the caller, with a payer of Bursar's. */
function paymentHeaderBy(payer: Payer) {
  return async (accept: JsonObject): Promise<string> => {
    const challenge = parseChallenge({ x402Version: 2, error: '', accepts: [accept] }, createRegistry())
    const [offer] = challenge.offers
    if (!offer) throw new TypeError('The offer is not understood')
    const prepared = await payer.prepare(offer, { dialect: katanaDialect, maxValiditySeconds: 300 })
    return encodeHeader(katanaDialect.payment({}, offer, (await prepared.sign()).payload))
  }
}

const never = () => {
  throw new TypeError('The fetch pays')
}

describe('the programs of the guide, as they stand', () => {
  it('S65, Katana 158: callKatanaWithDirectX402 with the fetch of a bursar, which pays before the program has to', async () => {
    const { bursar, stage } = await katana.open()
    const { values } = await playProgram(`${directFunction}\n${directExample}`, stage.placeholders, {
      globals: { fetch: bursar.fetch, buildPaymentHeader: never },
      returns: ['data']
    })
    expect(values).toMatchObject([{ choices: [{ message: { content: 'imgnAI credits ok' } }] }])
    expect(await paid(bursar)).toBe(1)
  })

  it('S65, Katana 158: callKatanaWithDirectX402 with a fetch that does not pay, and a payer of Bursar’s', async () => {
    const { key, chains, stage } = await katana.open()
    const payer = createEvmPayer({ account: key, rpcUrls: { 'eip155:8453': chains.base.rpcUrl } })
    const { values } = await playProgram(`${directFunction}\n${directExample}`, stage.placeholders, {
      globals: { fetch, buildPaymentHeader: paymentHeaderBy(payer) },
      returns: ['response.status', 'data']
    })
    expect(values).toMatchObject([200, { choices: [{ message: { content: 'imgnAI credits ok' } }] }])
  })

  it('S65, Katana 158: buildPaymentHeader on Solana, for the second of the offers', async () => {
    const { keypair, chains, stage } = await katana.open('solana')
    const rpcUrls = { 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp': chains.solana.rpcUrl }
    const buildPaymentHeader = paymentHeaderBy(createSolanaPayer({ account: keypair, rpcUrls }))
    const body = JSON.stringify({ model: 'grok-4-3', prompt: 'Hi', max_tokens: 16 })
    const send = (headers: Record<string, string>) =>
      fetch(`${stage.url}${CHAT}`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', ...headers }
      })
    const required = (await send({})).headers.get('PAYMENT-REQUIRED') ?? ''
    const { accepts } = JSON.parse(Buffer.from(required, 'base64').toString('utf8'))
    const response = await send({ 'PAYMENT-SIGNATURE': await buildPaymentHeader(accepts[1]) })
    expect(response.status).toBe(200)
  })

  it('S65, Katana 158: top-up, text and read of a wallet balance', async () => {
    const { bursar, stage } = await katana.open()
    const text = `${balanceFunctions}\n${balanceExample}
      const read = await (await readKatanaX402Balance('https://kat.imgnai.com', '{wallet}', signInWithXHeader)).json();`
    const { values } = await playProgram(text, stage.placeholders, {
      globals: {
        fetch: bursar.fetch,
        buildPaymentHeader: never,
        signInWithXHeader: stage.placeholders['{proof}']
      },
      returns: ['data', 'read']
    })
    expect(values).toMatchObject([
      { choices: [{ message: { content: 'imgnAI credits ok' } }] },
      { balance_usdc: expect.stringMatching(/^1\.49/) }
    ])
    expect(await paid(bursar)).toBe(1)
  })

  it('S65, Katana 158 and 168: the retarget helpers, whose URLs and headers Bursar pays at', async () => {
    const { bursar, stage } = await katana.open()
    const text = `${retargetFunctions}
      const headers = normalizeVeniceX402HeadersForKatana({ 'X-402-Payment': 'a payment' });
      const url = retargetVeniceUrlToKatana('https://api.venice.ai/api/v1/chat/completions');`
    const { values } = await playProgram(text, stage.placeholders, { returns: ['url', 'headers'] })
    expect(values).toEqual([
      `${stage.url}${CHAT}`,
      { 'X-402-Payment': 'a payment', 'PAYMENT-SIGNATURE': 'a payment' }
    ])
    const body = JSON.stringify({ model: 'grok-4-3', prompt: 'Hi', max_tokens: 16 })
    const headers = { 'content-type': 'application/json' }
    expect((await bursar.fetch(String(values[0]), { method: 'POST', headers, body })).status).toBe(200)
  })
})
