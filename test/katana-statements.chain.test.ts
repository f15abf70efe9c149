import { BASE, SOLANA_MAINNET } from '@bursar/core'
import { createKatanaClient, katanaCatalogue } from '@bursar/generation/katana'
import { createKatana } from 'bursar/katana'
import { describe, expect, it } from 'vitest'
import { type Challenge, chat, decode, mug, useWire } from './wire.js'

const wire = useWire()

interface BasePayment {
  readonly payload: { readonly authorization: { readonly validBefore: number } }
}

/** A PNG of one pixel, and then bytes that no reader of pictures looks at. */
function largePicture(bytes: number): Uint8Array {
  const pixel =
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
  return Buffer.concat([Buffer.from(pixel, 'base64'), Buffer.alloc(bytes)])
}

describe('a payment', () => {
  it('S65, Katana 150: needs neither an account nor a key, and carries no credentials', async () => {
    const { katana, legs } = await wire.newClient({ billing: 'direct' })
    await katana.images.generate(mug)
    await katana.chat.completions.create(chat)
    const sent = legs.filter(({ method }) => method === 'POST')
    expect(sent.map(({ status }) => status)).toEqual([402, 200, 402, 200])
    for (const { headers } of sent)
      for (const name of ['authorization', 'x-api-key', 'x-api-secret', 'x-sign-in-with-x'])
        expect(headers.get(name)).toBeNull()
  })

  it('S65, Katana 151: is made on Base where both chains can pay, and on Solana where no account of Base is', async () => {
    const both = await wire.newClient({ billing: 'direct' })
    await both.katana.images.generate(mug)
    const solana = await wire.newClient({ billing: 'direct' }, 'solana')
    await solana.katana.images.generate(mug)
    await solana.katana.chat.completions.create(chat)
    const networks = async (client: typeof both) => {
      const found: string[] = []
      for await (const { offer } of client.bursar.history()) found.push(offer.network)
      return found
    }
    expect([await networks(both), await networks(solana)]).toEqual([[BASE], [SOLANA_MAINNET, SOLANA_MAINNET]])
  })

  it('S65, Katana 152: can be settled for some minutes, whatever time the offer names', async () => {
    const { katana, legs } = await wire.newClient({ billing: 'direct' })
    await katana.images.generate(mug)
    const { accepts } = decode<Challenge>(legs[0]?.answer.get('payment-required'))
    expect(accepts[0]?.maxTimeoutSeconds).toBe(3600)
    const { authorization } = decode<BasePayment>(legs[1]?.headers.get('payment-signature')).payload
    const seconds = authorization.validBefore - Date.now() / 1000
    expect(seconds).toBeGreaterThan(60)
    expect(seconds).toBeLessThanOrEqual(600)
  })

  it('S65, Katana 155: of some megabytes is sent twice with the same bytes', async () => {
    const { katana, legs } = await wire.newClient({ billing: 'direct' })
    const images = [largePicture(4_000_000)]
    await katana.images.generate({ model: 'gpt-image-2', prompt: 'A mug', aspectRatio: '1:1', images })
    const [asked, paid] = legs
    expect(asked?.body.length).toBeGreaterThan(5_000_000)
    expect(paid?.body === asked?.body).toBe(true)
    expect([asked?.status, paid?.status]).toEqual([402, 200])
  })
})

it('S65, Katana 154: on Solana a quote may hold the rent of the payee’s token account, and a top-up pays it', async () => {
  await using bare = await wire.startBareGateway()
  const { bursar } = await wire.newClient({}, 'solana')
  const katana = createKatana(bursar, { baseUrl: bare.url, network: SOLANA_MAINNET })
  expect(await katana.balance.topUp('0.50')).toMatchObject({ credited: '0.5', paid: '0.802734' })
  expect(await katana.balance.balance()).toBe(500_000n)
  await katana.chat.completions.create(chat, { billing: 'wallet' })
  expect(await katana.balance.balance()).toBeLessThan(500_000n)
})

it('S65, Katana 153: a job is followed in another process by its id alone', async () => {
  const { bursar, katana } = await wire.newClient({ billing: 'direct' })
  const { requestId } = await katana.images.generate(mug)
  const other = createKatanaClient({ baseUrl: wire.gateway.url })
  expect((await other.jobs.resume(requestId).result()).assets).toHaveLength(1)
  expect(
    (await createKatana(bursar, { baseUrl: wire.gateway.url }).jobs.resume(requestId).result()).assets
  ).toHaveLength(1)
})

describe('S65, Katana 156: the list of the service, and the catalogue', () => {
  const listed = async () => createKatanaClient({ baseUrl: wire.gateway.url }).models.list()

  it('agree on each of the 49 image models', async () => {
    const { images } = await listed()
    const numbers = (each: (typeof images)[number]) => [
      ...[each.name, each.key, each.displayName, each.costTenths, each.maxReferenceImages],
      [...each.aspects].sort()
    ]
    expect(images).toHaveLength(49)
    expect(images.map(numbers)).toEqual(katanaCatalogue.images.map(numbers))
  })

  it('agree on each of the 23 video models', async () => {
    const { videos } = await listed()
    const numbers = (each: (typeof videos)[number]) => [
      ...[each.name, each.key, each.displayName, each.maxReferenceImages, each.maxAudioFiles, each.hasAudio],
      ...[each.hasFirstFrame, each.hasMidFrame, each.hasLastFrame, [...each.costsTenths]],
      ...[[...each.rules].sort(), [...each.aspects].sort()]
    ]
    expect(videos).toHaveLength(23)
    expect(videos.map(numbers)).toEqual(katanaCatalogue.videos.map(numbers))
  })

  it('agree on each of the 39 text models', async () => {
    const { texts } = await listed()
    const numbers = (each: (typeof texts)[number]) => [
      ...[each.name, each.displayName, each.contextTokens, each.maxOutputTokens, each.costsTenths],
      ...[each.isPrivate, [...each.reads].sort(), each.dearerAboveTokens]
    ]
    expect(texts).toHaveLength(39)
    expect(texts.map(numbers)).toEqual(katanaCatalogue.texts.map(numbers))
  })
})
