import { type AccountMeter, bursarErrorOf, isBursarError } from '@bursar/core'
import { type Gateway, startGateway } from '@bursar/gateway'
import {
  createKatanaClient,
  type KatanaClient,
  katanaCatalogue,
  type WholeBody
} from '@bursar/generation/katana'
import { startBase } from '@bursar/localchain'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  type Chat,
  chats,
  type ItemDraft,
  itemDrafts,
  itemOf,
  mostOfChat,
  mostOfItems
} from './key-requests.js'

const { atomicUsdPerTenth } = katanaCatalogue
/** One seed is one list of requests, so that a failure can be played again. */
const SEED = 20_260_923

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

let gateway: Gateway
let katana: KatanaClient
const stops: (() => Promise<void>)[] = []
beforeAll(async () => {
  const base = await startBase()
  const accounts = [{ key: 'key', secret: 'secret', credits: '100000000' }]
  // The provider counts a token for each byte, as the worst of tokenizers would.
  gateway = await startGateway({ base, katana: { accounts, generationMs: 0, tokens: 'bytes' } })
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

/** What is billed is never above what is held, and what is held never above twenty times the worst that can be expected. */
function assertBounds(billed: bigint, mostTenths: bigint): void {
  expect(billed).toBeLessThanOrEqual(held)
  expect(held).toBeLessThanOrEqual(20n * mostTenths * atomicUsdPerTenth)
}

function ask({ body, written }: Chat): Promise<unknown> {
  gateway.katana.answerWith(written)
  return katana.chat.completions.create({ ...body, stream: false } satisfies WholeBody)
}

it('S50, M36, M37, Katana 76, 77 and 78: of 700 chats none is billed above what is held for it', {
  timeout: 600_000
}, async () => {
  const billedOf = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(chats, async (chat) => {
      const billed = await billedFor(() => ask(chat))
      const { model } = chat.body
      if (billed > 0n) billedOf.set(model, (billedOf.get(model) ?? 0) + 1)
      assertBounds(billed, mostOfChat(chat.body))
    }),
    { numRuns: 700, seed: SEED }
  )
  // Few are rejected, and no model is left out.
  expect([...billedOf.values()].reduce((sum, count) => sum + count)).toBeGreaterThan(600)
  expect(billedOf.size).toBe(katanaCatalogue.texts.length)
})

it('S3: of 300 requests for images and videos none is billed above what is held for it', {
  timeout: 600_000
}, async () => {
  const models = new Set<string>()
  await fc.assert(
    fc.asyncProperty(itemDrafts, async (drafts: readonly ItemDraft[]) => {
      const billed = await billedFor(() => katana.generate(drafts.map(itemOf)))
      if (billed > 0n) for (const { model } of drafts) models.add(model)
      assertBounds(billed, mostOfItems(drafts))
    }),
    { numRuns: 300, seed: SEED }
  )
  expect(models.size).toBe(katanaCatalogue.images.length + katanaCatalogue.videos.length)
})
