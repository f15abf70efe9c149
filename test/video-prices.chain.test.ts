import { startGateway } from '@bursar/gateway'
import { createKatana, type Katana } from 'bursar/katana'
import { beforeAll, expect, it, onTestFinished } from 'vitest'
import { fundWallet, useStack, type Wallet } from './stack.js'

const stack = useStack()
const GAS = 3938n
const PICTURE = 'https://example.com/picture.png'
let url = ''
beforeAll(async () => {
  const gateway = await startGateway({ base: stack.chain, katana: { generationMs: 0 } })
  url = gateway.url
  return () => gateway.stop()
})

async function newShop(): Promise<Wallet & { readonly katana: Katana }> {
  const wallet = await fundWallet(stack, { limits: { payment: '2', total: '8' } })
  onTestFinished(() => wallet.bursar.close())
  return { ...wallet, katana: createKatana(wallet.bursar, { baseUrl: url, billing: 'direct' }) }
}

/** A WAV file of silence: one byte a sample, eight samples a second. */
function silence(seconds: number): string {
  const bytes = Buffer.alloc(44 + seconds * 8)
  bytes.write('RIFF', 0, 'latin1')
  bytes.writeUInt32LE(bytes.length - 8, 4)
  bytes.write('WAVEfmt ', 8, 'latin1')
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(1, 22)
  bytes.writeUInt32LE(8, 24)
  bytes.writeUInt32LE(8, 28)
  bytes.writeUInt16LE(1, 32)
  bytes.writeUInt16LE(8, 34)
  bytes.write('data', 36, 'latin1')
  bytes.writeUInt32LE(seconds * 8, 40)
  return `data:audio/wav;base64,${bytes.toString('base64')}`
}

// The guide prints 20 credits for 5 seconds and 40 for 10, at 0.0052 dollars each.
it.each([
  [5, 12, 104_000n],
  [10, 3, 208_000n]
] as const)(
  'S55, Katana 127: %i seconds with audio of %i are quoted and paid at the price of the length that was asked for',
  async (durationSeconds, audioSeconds, price) => {
    const { address, bursar, katana } = await newShop()
    const before = await stack.chain.balanceOf(address)
    const job = await katana.videos.generate({
      model: 'ltx-2-3',
      prompt: 'A mug sings',
      aspectRatio: '1:1',
      durationSeconds,
      firstFrame: PICTURE,
      audio: [silence(audioSeconds)]
    })
    const { assets } = await job.result()
    expect(assets[0]?.durationSeconds).toBe(audioSeconds)
    expect(before - (await stack.chain.balanceOf(address))).toBe(price + GAS)
    for await (const { offer } of bursar.history()) expect(offer.cost).toBe(price + GAS)
  }
)

it('S55: what is quoted for a length is what is paid for it', async () => {
  const { bursar, katana } = await newShop()
  const item = { type: 'video', model: 'ltx-2-3', prompt: 'A mug', duration_seconds: 15, aspect_ratio: '1:1' }
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ requests: [item] })
  }
  const {
    offers: [quote]
  } = await bursar.quote(`${url}/v1/generation-requests?wait=false`, init)
  expect(quote?.amountAtomic).toBe(312_000n + GAS)
  await katana.videos.generate({ model: 'ltx-2-3', prompt: 'A mug', durationSeconds: 15, aspectRatio: '1:1' })
  for await (const { offer } of bursar.history()) expect(offer.cost).toBe(quote?.amountAtomic)
})
