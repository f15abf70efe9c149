import type { ScriptedReply } from '@bursar/gateway'
import {
  type ChatBody,
  type GenerationItem,
  katanaCatalogue,
  type TextModel
} from '@bursar/generation/katana'
import fc from 'fast-check'

const { images, videos, texts } = katanaCatalogue
const PICTURE = 'https://example.com/picture.png'
const SOUND = 'https://example.com/sound.mp3'

/** What a chat asks, and what the model is made to write. */
export interface Chat {
  readonly body: ChatBody
  readonly written: ScriptedReply
}

const sentences = [
  'The quick brown fox jumps over the lazy dog. ',
  '敏捷的棕色狐狸跳过了懒狗。',
  'すばしっこい茶色の狐はのろまな犬を飛び越える。',
  'Быстрая лиса прыгает через ленивую собаку. ',
  'قفز الثعلب البني السريع فوق الكلب الكسول. ',
  '👩‍👩‍👧‍👦🙂🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  'const fox = { quick: true, colour: "brown" }\n'
]
const writing = fc.oneof(
  fc
    .tuple(fc.constantFrom(...sentences), fc.integer({ min: 1, max: 100 }))
    .map(([text, times]) => text.repeat(times)),
  fc.string({ unit: 'binary', maxLength: 2000 })
)
const picture = fc.constant({ type: 'image_url', image_url: { url: PICTURE } })
const textPart = writing.map((text) => ({ type: 'text', text: `${text}.` }))
/** For models that see; the others are given text alone. */
const partsOf = ({ reads }: TextModel) =>
  fc.array(reads.includes('image') ? fc.oneof({ weight: 3, arbitrary: textPart }, picture) : textPart, {
    minLength: 1,
    maxLength: 3
  })
const tool = writing.map((description) => ({
  type: 'function',
  function: { name: 'f', description, parameters: { type: 'object', properties: {} } }
}))
const schema = writing.map((description) => ({
  type: 'json_schema',
  json_schema: { name: 's', schema: { type: 'object', description } }
}))

const bodyOf = (model: TextModel) =>
  fc.record(
    {
      model: fc.constant(model.name),
      messages: fc.array(fc.record({ role: fc.constantFrom('user', 'system'), content: partsOf(model) }), {
        minLength: 1,
        maxLength: 3
      }),
      max_tokens: fc.integer({ min: 1, max: 16_000 }),
      max_completion_tokens: fc.integer({ min: 1, max: 16_000 }),
      n: fc.integer({ min: 1, max: 4 }),
      tools: fc.array(tool, { minLength: 1, maxLength: 3 }),
      response_format: schema
    },
    { requiredKeys: ['model', 'messages'] }
  )

/** Chats with every text model, in several languages, with pictures, tools, schemas, several answers, and limits or none. */
export const chats: fc.Arbitrary<Chat> = fc.record({
  body: fc.constantFrom(...texts).chain(bodyOf),
  written: fc.record(
    {
      content: writing.chain((text) => fc.integer({ min: 1, max: 50 }).map((times) => text.repeat(times))),
      reasoning: writing
    },
    { requiredKeys: ['content'] }
  )
})

const bytesOf = (value: unknown): bigint => BigInt(Buffer.byteLength(JSON.stringify(value ?? '')))
const MILLION = 1_000_000n
const TOKENS_OF_PICTURE = BigInt((4096 / 32) ** 2)

/**
 * What a careful reader of the guide calls the most that a chat can cost, in tenths of a credit: a token for each byte of
 * messages, tools and schema, a token for each 32 by 32 pixels of a picture, which the guide lets be 4,096 by 4,096, the input
 * read once, every answer as long as it may be, which is 16,000 tokens where no limit is set, at the highest price that the
 * guide prints, and ten credits at least.
 */
export function mostOfChat(body: ChatBody): bigint {
  const costs = texts.find(({ name }) => name === body.model)?.costsTenths
  if (!costs) throw new TypeError(body.model)
  const parts = body.messages?.flatMap(({ content }) => (Array.isArray(content) ? content : [])) ?? []
  const pictures = BigInt(parts.filter((part) => part.type === 'image_url').length)
  const input =
    bytesOf(body.messages) +
    bytesOf(body.tools) +
    bytesOf(body.response_format) +
    pictures * TOKENS_OF_PICTURE
  const limit = Math.max(body.max_tokens ?? 0, body.max_completion_tokens ?? 0) || 16_000
  const output = BigInt(limit) * BigInt(Number(body.n ?? 1))
  const dearest = highestOf([costs.input, costs.cacheRead ?? 0n, costs.cacheWrite ?? 0n])
  const tenths = (input * dearest + output * costs.output + MILLION - 1n) / MILLION
  return highestOf([tenths, 100n])
}

function highestOf(amounts: readonly bigint[]): bigint {
  let highest = 0n
  for (const amount of amounts) if (amount > highest) highest = amount
  return highest
}

/** An image or a video of a model, with the options that change its price. */
export interface ItemDraft {
  readonly model: string
  readonly durationSeconds?: number
  readonly isUhd?: boolean
  readonly isFast?: boolean
  readonly audio?: readonly string[]
}

/** Few are asked for at another size, since their price is printed nowhere, and nothing is sent then. */
const size = fc.oneof(
  { weight: 18, arbitrary: fc.constant({}) },
  fc.constantFrom({ isUhd: true }, { isFast: true })
)
const image = fc
  .tuple(fc.constantFrom(...images), size)
  .map(([{ name }, more]): ItemDraft => ({ model: name, ...more }))
const video = fc
  .constantFrom(...videos)
  .chain(({ name, costsTenths }) =>
    fc
      .constantFrom(...costsTenths.keys())
      .map((durationSeconds): ItemDraft => ({ model: name, durationSeconds }))
  )
/** Its audio decides how long it gets, and what it costs. */
const videoWithAudio = fc.constant<ItemDraft>({ model: 'ltx-2-3', durationSeconds: 5, audio: [SOUND] })

/** One to three images and videos of every model. */
export const itemDrafts: fc.Arbitrary<ItemDraft[]> = fc.array(fc.oneof(image, image, video, videoWithAudio), {
  minLength: 1,
  maxLength: 3
})

/** The most that the guide's prices make of a request, in tenths of a credit: the dearest length of each video. */
export function mostOfItems(drafts: readonly ItemDraft[]): bigint {
  return drafts.reduce((sum, { model }) => {
    const found = [...images, ...videos].find(({ name }) => name === model)
    const costs = found?.type === 'video' ? [...found.costsTenths.values()] : [found?.costTenths ?? 0n]
    return sum + highestOf(costs)
  }, 0n)
}

/** An item that keeps within the rules of its model. */
export function itemOf(draft: ItemDraft): GenerationItem {
  const found = [...images, ...videos].find(({ name }) => name === draft.model)
  const needs = {
    ...(found?.type === 'image' && found.needsSourceImage ? { images: [PICTURE] } : {}),
    ...(found?.type === 'video' && (found.needsFirstFrame || draft.audio) ? { firstFrame: PICTURE } : {})
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
