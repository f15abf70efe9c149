import { type AccountMeter, bursarErrorOf, isBursarError } from '@bursar/core'
import { startGateway } from '@bursar/gateway'
import {
  createKatanaClient,
  type GenerationItem,
  type KatanaClient,
  katanaCatalogue,
  type WholeBody
} from '@bursar/generation/katana'
import { startBase } from '@bursar/localchain'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'

const { images, videos, texts, atomicUsdPerTenth } = katanaCatalogue
const PICTURE = 'https://example.com/picture.png'

/** What was held for the call that is under way, in millionths of a dollar. */
let held = 0n
const meter: AccountMeter = {
  assertWithinLimit: () => undefined,
  async open({ maxCost }) {
    held = maxCost
    return {
      purchase: 'p',
      settle: async () => undefined,
      attachJob: async () => undefined,
      release: async () => undefined
    }
  },
  correct: async () => undefined
}

let katana: KatanaClient
const stops: (() => Promise<void>)[] = []
beforeAll(async () => {
  const base = await startBase()
  const accounts = [{ key: 'key', secret: 'secret', credits: '1000000' }]
  const gateway = await startGateway({ base, katana: { accounts, generationMs: 0 } })
  stops.push(gateway.stop, base.stop)
  katana = createKatanaClient({ baseUrl: gateway.url, apiKey: 'key:secret', meter })
})
afterAll(async () => {
  for (const stop of stops) await stop()
})

/** What the gateway took from the account for a call, which may be rejected before it is sent. */
async function billedFor(call: () => Promise<unknown>): Promise<bigint> {
  held = 0n
  const before = await katana.account.balance()
  await call().catch((error: unknown) => {
    if (!isBursarError(error)) throw error
    expect(['price/unknown', 'request/invalid', 'service/refused']).toContain(bursarErrorOf(error)?.code)
  })
  const after = await katana.account.balance()
  return (before.creditsTenths - after.creditsTenths) * atomicUsdPerTenth
}

const writing = fc.oneof(fc.string({ maxLength: 2000 }), fc.string({ unit: 'binary', maxLength: 2000 }))
const part = fc.oneof(
  writing.map((text) => ({ type: 'text', text: `${text}.` })),
  fc.constant({ type: 'image_url', image_url: { url: PICTURE } })
)
const chat = fc.record(
  {
    model: fc.constantFrom(...texts.map(({ name }) => name)),
    messages: fc.array(
      fc.record({ role: fc.constant('user' as const), content: fc.array(part, { minLength: 1 }) }),
      {
        minLength: 1,
        maxLength: 3
      }
    ),
    max_tokens: fc.integer({ min: 1, max: 4000 }),
    n: fc.integer({ min: 1, max: 4 }),
    tools: fc.array(
      writing.map((description) => ({ type: 'function', function: { name: 'f', description } }))
    )
  },
  { requiredKeys: ['model', 'messages'] }
)

it('M36, M37: the gateway never takes more for a chat than was held for it', {
  timeout: 180_000
}, async () => {
  let billedCalls = 0
  await fc.assert(
    fc.asyncProperty(chat, async (body) => {
      const whole: WholeBody = { ...body, stream: false }
      const billed = await billedFor(() => katana.chat.completions.create(whole))
      if (billed > 0n) billedCalls++
      expect(billed).toBeLessThanOrEqual(held)
    }),
    { numRuns: 100 }
  )
  expect(billedCalls).toBeGreaterThan(0)
})

const image = fc.record(
  { model: fc.constantFrom(...images.map(({ name }) => name)), isUhd: fc.boolean(), isFast: fc.boolean() },
  { requiredKeys: ['model'] }
)
const video = fc
  .constantFrom(...videos)
  .chain(({ name, costsTenths }) =>
    fc.record({ model: fc.constant(name), durationSeconds: fc.constantFrom(...costsTenths.keys()) })
  )

/** An item that keeps within the rules of its model. */
function itemOf(draft: { readonly model: string; readonly durationSeconds?: number }): GenerationItem {
  const found = [...images, ...videos].find(({ name }) => name === draft.model)
  const needs = {
    ...(found?.type === 'image' && found.needsSourceImage ? { images: [PICTURE] } : {}),
    ...(found?.type === 'video' && found.needsFirstFrame ? { firstFrame: PICTURE } : {})
  }
  const item: unknown = {
    type: found?.type,
    prompt: 'A mug',
    aspectRatio: found?.aspects[0],
    ...needs,
    ...draft
  }
  // Models and items come from the catalogue at run time, which types cannot follow.
  return item as GenerationItem
}

it('S3: the gateway never takes more for images and videos than was held for them', {
  timeout: 180_000
}, async () => {
  let billedCalls = 0
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(image, video), { minLength: 1, maxLength: 3 }), async (drafts) => {
      const billed = await billedFor(() => katana.generate(drafts.map(itemOf)))
      if (billed > 0n) billedCalls++
      expect(billed).toBeLessThanOrEqual(held)
    }),
    { numRuns: 100 }
  )
  expect(billedCalls).toBeGreaterThan(0)
})
