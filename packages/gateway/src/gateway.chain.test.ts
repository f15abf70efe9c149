import { type BaseChain, startBase } from '@bursar/localchain'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { type Gateway, startGateway } from './index.js'
import { imageBody, payForImages, postImages } from './testing/katana.js'
import { type Payer, decode, fundPayer } from './testing/payer.js'

let chain: BaseChain
let gateway: Gateway
let payer: Payer

beforeAll(async () => {
  chain = await startBase()
  gateway = await startGateway({ base: chain })
  payer = await fundPayer(chain)
})
afterEach(() => gateway.faults.clear())
afterAll(async () => {
  await gateway.stop()
  await chain.stop()
})

it('sells an image: 402, payment, job, picture', async () => {
  const body = imageBody()
  const payment = await payForImages(gateway, payer, body)
  const paid = await postImages(gateway, body, { 'PAYMENT-SIGNATURE': payment })
  expect(paid.status).toBe(200)
  const receipt = decode(paid.headers.get('PAYMENT-RESPONSE'))
  expect(receipt).toMatchObject({ success: true, network: 'eip155:8453', amount: '19538' })
  const job = await paid.json()
  expect(job).toMatchObject({ status: 'processing', poll_after_seconds: 1 })
  await new Promise((resolve) => setTimeout(resolve, 500))
  const done = await (await fetch(`${gateway.url}/v1/generation-requests/${job.request_id}`)).json()
  expect(done).toMatchObject({ status: 'completed', poll_after_seconds: null })
  const picture = await fetch(done.responses[0].output_assets[0].original_data_url)
  expect(picture.headers.get('Content-Type')).toBe('image/png')
  expect(await chain.balanceOf(gateway.payTo.base)).toBe(19_538n)
})
