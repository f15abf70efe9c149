import type { JsonObject } from '@bursar/core'
import type { Dimensions } from '../../images/dimensions.js'
import type { ChatSpec } from './chat-request.js'

const CHARACTERS_PER_TOKEN = 4

/** What a model writes. The same question gets the same words. */
export interface Writing {
  readonly content: string
  readonly completionTokens: number
  readonly finishReason: 'stop' | 'length'
}

/** What a reply says of itself. */
export interface ReplyDetails {
  readonly id: string
  /** Unix seconds. */
  readonly createdSeconds: number
  /** Katana's own part of the usage: who was billed, and what. */
  readonly imgnai: JsonObject
}

/**
 * Writes as much as was allowed.
 *
 * @param shown the pictures, as the model is shown them.
 */
export function write(spec: ChatSpec, shown: readonly Dimensions[]): Writing {
  const seen = shown.map(({ width, height }) => ` (with a picture of ${width} x ${height})`).join('')
  const whole = [...replyTo(spec.question), ...seen]
  const room = spec.maxOutputTokens * CHARACTERS_PER_TOKEN
  const content = whole.slice(0, room).join('')
  const completionTokens = Math.ceil(content.length / CHARACTERS_PER_TOKEN)
  return { content, completionTokens, finishReason: whole.length > room ? 'length' : 'stop' }
}

/** A chat completion in OpenAI's shape. */
export function chatReply(spec: ChatSpec, writing: Writing, details: ReplyDetails): JsonObject {
  const { id, createdSeconds } = details
  return {
    id: `chatcmpl-${id}`,
    object: 'chat.completion',
    created: createdSeconds,
    model: spec.model.id,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: writing.content, refusal: null },
        finish_reason: writing.finishReason,
        logprobs: null
      }
    ],
    usage: usageOf(spec, writing, details)
  }
}

/** The same as server-sent events (Katana 83): the model's public name in each, the usage in the last. */
export function chatEvents(
  spec: ChatSpec,
  writing: Writing,
  { id, createdSeconds }: Omit<ReplyDetails, 'imgnai'>,
  usage: JsonObject | undefined
): readonly string[] {
  const chunk = (delta: JsonObject, finishReason: string | null, more: JsonObject = {}): string =>
    event({
      id: `chatcmpl-${id}`,
      object: 'chat.completion.chunk',
      created: createdSeconds,
      model: spec.model.id,
      choices: [{ index: 0, delta, finish_reason: finishReason, logprobs: null }],
      ...more
    })
  const words = writing.content.match(/\S*\s*/g)?.filter((word) => word !== '') ?? []
  return [
    chunk({ role: 'assistant', content: '' }, null),
    ...words.map((content) => chunk({ content }, null)),
    chunk({}, writing.finishReason, usage === undefined ? {} : { usage }),
    'data: [DONE]\n\n'
  ]
}

/** Tokens, and what Katana says of the bill. */
export function usageOf(
  spec: ChatSpec,
  { completionTokens }: Writing,
  { imgnai }: Pick<ReplyDetails, 'imgnai'>
): JsonObject {
  return {
    prompt_tokens: spec.inputTokens,
    completion_tokens: completionTokens,
    total_tokens: spec.inputTokens + completionTokens,
    imgnai: { ...imgnai, privacy_mode: spec.model.privacy, public_model_name: spec.model.id }
  }
}

function event(value: JsonObject): string {
  return `data: ${JSON.stringify(value)}\n\n`
}

/** Does what Katana's examples ask for, and else repeats the question. */
function replyTo(question: string): string {
  const [, exactly] = /reply with exactly:\s*(.+)/is.exec(question) ?? []
  return exactly?.trim() ?? `You asked: ${question.trim()}`
}
