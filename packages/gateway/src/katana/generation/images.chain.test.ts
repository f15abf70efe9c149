import { describe, expect, it } from 'vitest'
import { readDimensions } from '../../images/dimensions.js'
import { startGateway } from '../../start-gateway.js'
import { type ImageJob, jobOf } from '../../testing/image-job.js'
import { imageBody, payForImages, postImages } from '../../testing/katana.js'
import { challengeOf, encode, firstOffer } from '../../testing/payer.js'
import { useStack } from '../../testing/stack.js'

const stack = useStack({ katana: { generationMs: 60 } })

async function buy(body: string): Promise<Response> {
  const payment = await payForImages(stack.gateway, stack.payer, body)
  return postImages(stack.gateway, body, { 'PAYMENT-SIGNATURE': payment })
}

async function poll(requestId: string): Promise<ImageJob> {
  const look = async () => jobOf(await fetch(`${stack.gateway.url}/v1/generation-requests/${requestId}`))
  await expect.poll(async () => (await look()).status).not.toBe('processing')
  return look()
}

describe('a paid request for an image', () => {
  it('Katana 94: with wait=false answers at once with what to poll', async () => {
    const job = await jobOf(await buy(imageBody()))
    expect(job).toMatchObject({
      status: 'processing',
      poll_after_seconds: 1,
      responses: [{ output_assets: [] }]
    })
  })

  it('Katana 94: with wait=true holds until the image is there', async () => {
    const body = imageBody()
    const payment = await payForImages(stack.gateway, stack.payer, body)
    const response = await fetch(`${stack.gateway.url}/v1/generation-requests?wait=true`, {
      method: 'POST',
      headers: { 'PAYMENT-SIGNATURE': payment },
      body
    })
    expect(await jobOf(response)).toMatchObject({ status: 'completed', responses: [{ status: 'completed' }] })
  })

  it('Katana 134, 135, 138, 139, 141 and 142: ends in an image of the stated size', async () => {
    const { request_id } = await jobOf(
      await buy(imageBody({ aspect_ratio: '16:9', prompt: 'Quiet harbour' }))
    )
    const job = await poll(request_id)
    expect(job).toMatchObject({
      status: 'completed',
      poll_after_seconds: null,
      requests: [
        { type: 'image', model: 'gen', prompt: 'Quiet harbour', aspect_ratio: '16:9', output_format: 'png' }
      ],
      responses: [{ status: 'completed', metadata: { model: 'gen', credits_spent: '3' } }],
      metadata: { credits_spent: '3' }
    })
    const [asset] = job.responses[0]?.output_assets ?? []
    expect(asset).toMatchObject({ kind: 'image', mime_type: 'image/png', width: 1024, height: 576 })
    const image = await fetch(String(asset?.original_data_url))
    expect(image.headers.get('Content-Type')).toBe('image/png')
    expect(readDimensions(Buffer.from(await image.arrayBuffer()))).toEqual({ width: 1024, height: 576 })
    const thumbnail = await fetch(String(asset?.thumbnail_image_url))
    expect(readDimensions(Buffer.from(await thumbnail.arrayBuffer()))).toEqual({ width: 256, height: 144 })
  })

  it('Katana 142: answers with the internal model key', async () => {
    const { request_id } = await jobOf(await buy(imageBody({ model: 'gpt-image-2' })))
    expect(await poll(request_id)).toMatchObject({
      requests: [{ model: 'gpt2image' }],
      responses: [{ metadata: { model: 'gpt2image' } }]
    })
  })

  it('Katana 114: has tags for in-house models only', async () => {
    const inHouse = await poll((await jobOf(await buy(imageBody()))).request_id)
    const external = await poll((await jobOf(await buy(imageBody({ model: 'gpt-image-2' })))).request_id)
    const tags = ['clean', 'product', 'photo', 'mug'].map((tag) => ({ tag, confidence: expect.any(Number) }))
    expect(inHouse.responses[0]?.output_assets[0]).toMatchObject({ metadata: { tags } })
    expect(external.responses[0]?.output_assets[0]).not.toHaveProperty('metadata')
  })

  it('Katana 103 and 105: makes the good items, charges for them alone, and ends in partial_failure', async () => {
    const item = { type: 'image', prompt: 'x', aspect_ratio: '1:1' }
    const body = JSON.stringify({
      requests: [
        { ...item, model: 'gen' },
        { ...item, model: 'gen', aspect_ratio: '7:3' }
      ]
    })
    expect(firstOffer(await postImages(stack.gateway, body))).toMatchObject({ amount: '19538' })
    const { request_id } = await jobOf(await buy(body))
    const job = await poll(request_id)
    expect(job.status).toBe('partial_failure')
    expect(job.responses).toMatchObject([
      { status: 'completed' },
      { status: 'rejected', error: { code: 'unsupported_aspect_ratio' }, metadata: { credits_spent: '0' } }
    ])
  })

  it('Katana 52: gets an id of the server’s making, and an item id comes back', async () => {
    const body = JSON.stringify({ client_request_id: 'mine', ...JSON.parse(imageBody({ id: 'first' })) })
    const job = await jobOf(await buy(body))
    expect(JSON.stringify(job)).not.toContain('mine')
    expect(job.requests).toMatchObject([{ id: 'first' }])
  })

  it('Katana 23: may carry its payment in X-402-Payment, but not two that differ', async () => {
    const body = imageBody()
    const payment = await payForImages(stack.gateway, stack.payer, body)
    const both = await postImages(stack.gateway, body, {
      'PAYMENT-SIGNATURE': payment,
      'X-402-Payment': encode({})
    })
    expect(challengeOf(both).error).toBe('payment_header_malformed')
    expect((await postImages(stack.gateway, body, { 'X-402-Payment': payment })).status).toBe(200)
  })

  it('may leave out extra, as Katana’s own sample does, but not effects it', async () => {
    const body = imageBody()
    const offer = firstOffer(await postImages(stack.gateway, body))
    const payload = await stack.payer.authorize(offer, { times: 'numbers' })
    const { extra, ...terms } = offer
    const bent = { ...terms, extra: { ...(extra as object), name: 'USD Coin', version: '2' } }
    const refused = await postImages(stack.gateway, body, {
      'PAYMENT-SIGNATURE': encode({ x402Version: 2, accepted: bent, payload })
    })
    expect(challengeOf(refused).error).toBe('accepted_mismatch')
    const taken = await postImages(stack.gateway, body, {
      'PAYMENT-SIGNATURE': encode({ x402Version: 2, accepted: terms, payload })
    })
    expect(taken.status).toBe(200)
  })
})

describe('with other assumptions', () => {
  it('echo: documented compares only the five fields that Katana’s text names', async () => {
    const lenient = await startGateway({ base: stack.chain, katana: { echo: 'documented' } })
    const body = imageBody()
    const { maxTimeoutSeconds, maxAmountRequired, ...named } = firstOffer(await postImages(lenient, body))
    const accepted = { ...named, extra: { name: 'USD Coin' } }
    const payload = await stack.payer.authorize(accepted)
    const payment = encode({ x402Version: 2, accepted, payload })
    expect((await postImages(lenient, body, { 'PAYMENT-SIGNATURE': payment })).status).toBe(200)
    await lenient.stop()
  })

  it('gasUsd: changes the price, Katana 11: and the sums still add up', async () => {
    const costly = await startGateway({ base: stack.chain, katana: { gasUsd: '0.01' } })
    expect(firstOffer(await postImages(costly, imageBody()))).toMatchObject({
      amount: '25600',
      extra: { subtotalUsd: '0.015600', estimatedGasUsd: '0.010000', totalUsd: '0.025600' }
    })
    await costly.stop()
  })

  it('Katana 96: modelKeys: reject takes public names only', async () => {
    const strict = await startGateway({ base: stack.chain, katana: { modelKeys: 'reject' } })
    const body = imageBody({ model: 'gpt2image' })
    expect((await postImages(stack.gateway, body)).status).toBe(402)
    expect((await postImages(strict, body)).status).toBe(200)
    await strict.stop()
  })

  it('Katana 143: images expire 72 hours after completion', async () => {
    let nowMs = Date.now()
    const clock = { nowMs: () => nowMs, sleep: async () => {} }
    const aging = await startGateway({ base: stack.chain, clock })
    const body = imageBody()
    const payment = await payForImages(aging, stack.payer, body)
    const { request_id } = await jobOf(await postImages(aging, body, { 'PAYMENT-SIGNATURE': payment }))
    nowMs += 1000
    const job = await jobOf(await fetch(`${aging.url}/v1/generation-requests/${request_id}`))
    const asset = String(job.responses[0]?.output_assets[0]?.original_data_url)
    expect((await fetch(asset)).status).toBe(200)
    nowMs += 72 * 3600 * 1000
    expect((await fetch(asset)).status).toBe(410)
    await aging.stop()
  })
})

it('Katana 137: an unknown request is answered 404, and so is an unknown image', async () => {
  const id = '0f3f0ab9-2d2c-4d99-a7cc-76cf82735246'
  expect((await fetch(`${stack.gateway.url}/v1/generation-requests/${id}`)).status).toBe(404)
  expect((await fetch(`${stack.gateway.url}/assets/${id}/original.png`)).status).toBe(404)
})

it('Katana 2: GET /v1/x402 answers 200 without credentials', async () => {
  const response = await fetch(`${stack.gateway.url}/v1/x402`)
  expect(response.status).toBe(200)
  expect(await response.json()).toMatchObject({
    x402Version: 2,
    networks: [{ network: 'eip155:8453', chain: 'base' }]
  })
})

it('GET /v1/models lists the whole catalogue', async () => {
  const models = await (await fetch(`${stack.gateway.url}/v1/models`)).json()
  expect([models.images.length, models.videos.length, models.text.length]).toEqual([49, 23, 39])
  expect(models.images[0]).toMatchObject({ public_model_name: 'gpt-image-2', model_key: 'gpt2image' })
})
