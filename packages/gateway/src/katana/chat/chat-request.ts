import type { JsonObject } from '@bursar/core'
import * as z from 'zod'
import { HttpError } from '../../server/response.js'
import { findTextModel, type TextModel } from '../catalogue/catalogue.js'
import { readMediaImage } from '../media/media-image.js'
import { type TokenMeasure, tokensOf } from './count-tokens.js'

/** The bound that is assumed when the caller sets none (Katana 76). */
const DEFAULT_MAX_TOKENS = 16_000
/** A rough measure; Katana does not say how it estimates. */
const TOKENS_PER_ATTACHMENT = 1000
/** As many as OpenAI's API allows. */
const MAX_ANSWERS = 128

const textPart = z.object({ type: z.literal('text'), text: z.string() })
const imagePart = z.object({ type: z.literal('image_url'), image_url: z.object({ url: z.string() }) })
const otherPart = z.object({ type: z.enum(['input_audio', 'file', 'video_url']) })
const part = z.discriminatedUnion('type', [textPart, imagePart, otherPart])
const message = z.object({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']),
  content: z.optional(z.nullable(z.union([z.string(), z.array(part)])))
})

/** Other fields that OpenAI's clients send, such as `stream_options`, are accepted and not read. */
const chatRequest = z.object({
  model: z.string(),
  messages: z.optional(z.array(message).min(1)),
  prompt: z.optional(z.string().min(1)),
  max_tokens: z.optional(z.nullable(z.int().positive())),
  max_completion_tokens: z.optional(z.nullable(z.int().positive())),
  stream: z.optional(z.nullable(z.boolean())),
  n: z.optional(z.nullable(z.int().min(1).max(MAX_ANSWERS))),
  tools: z.optional(z.nullable(z.array(z.json()))),
  response_format: z.optional(z.nullable(z.json()))
})

type ChatRequest = z.infer<typeof chatRequest>
type Message = z.infer<typeof message>
type Attachment = z.infer<typeof imagePart> | z.infer<typeof otherPart>

/** A chat completion to be made. */
export interface ChatSpec {
  readonly model: TextModel
  /** The text of the last message by the user. */
  readonly question: string
  readonly inputTokens: number
  /** For each answer. */
  readonly maxOutputTokens: number
  /** How many answers are written. */
  readonly answers: number
  readonly measure: TokenMeasure
  readonly streams: boolean
  /** The bytes of the images that were sent along. */
  readonly images: readonly Uint8Array[]
}

/** The catalogue's name for each kind of attachment. */
const inputTypes = { image_url: 'image', input_audio: 'audio', file: 'file', video_url: 'video' } as const

/**
 * Reads the body of `POST /v1/chat/completions`.
 *
 * @param options.mayStream false for what is paid by x402 (Katana 50).
 * @throws {HttpError} 400, before any price is quoted.
 */
export function readChatRequest(
  body: JsonObject,
  { mayStream, measure }: { readonly mayStream: boolean; readonly measure: TokenMeasure }
): ChatSpec {
  const parsed = chatRequest.safeParse(body)
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') ?? ''
    throw new HttpError(400, 'invalid_request', `${field} is missing or not accepted.`)
  }
  const { data } = parsed
  const streams = data.stream === true
  if (streams && !mayStream)
    throw new HttpError(400, 'stream_not_supported', 'Text paid by x402 does not stream.')
  const model = findTextModel(data.model)
  if (!model) throw new HttpError(400, 'no_such_model', `no such model: ${data.model}`)
  const messages = messagesOf(data)
  const attachments = attachmentsOf(messages)
  return {
    model,
    question: textOf(messages.findLast(({ role }) => role === 'user')),
    inputTokens: tokensOf(inputTextOf(data, messages), measure) + attachments.length * TOKENS_PER_ATTACHMENT,
    maxOutputTokens: maxOutputTokensOf(data, model),
    answers: data.n ?? 1,
    measure,
    streams,
    images: attachments.flatMap((each) => readAttachment(each, model) ?? [])
  }
}

/** The messages. A bare prompt is one message by the user (Katana 75). */
function messagesOf({ messages, prompt }: ChatRequest): readonly Message[] {
  if (messages) return messages
  if (prompt === undefined) throw new HttpError(400, 'invalid_request', 'messages is missing.')
  return [{ role: 'user', content: prompt }]
}

/** What a model reads beside attachments: the messages, and the tools and the schema that go with them. */
function inputTextOf({ tools, response_format: format }: ChatRequest, messages: readonly Message[]): string {
  const more = [tools, format].map((value) => (value ? JSON.stringify(value) : ''))
  return [...messages.map(textOf), ...more].join('')
}

function attachmentsOf(messages: readonly Message[]): readonly Attachment[] {
  const parts = messages.flatMap(({ content }) => (Array.isArray(content) ? content : []))
  return parts.filter((each) => each.type !== 'text')
}

/** Checks an attachment, and returns the bytes of an image when they were sent along (Katana 86 and 88). */
function readAttachment(attachment: Attachment, model: TextModel): Uint8Array | undefined {
  const kind = inputTypes[attachment.type]
  if (!model.inputTypes.includes(kind))
    throw new HttpError(400, 'unsupported_input', `${model.id} takes no ${kind}.`)
  if (attachment.type !== 'image_url') return undefined
  const image = readMediaImage(attachment.image_url.url)
  if (typeof image === 'string') throw new HttpError(400, 'invalid_media', `An image is rejected: ${image}.`)
  return image.bytes
}

/** How much the model may write (Katana 76 and 89). */
function maxOutputTokensOf(
  { max_tokens, max_completion_tokens }: ChatRequest,
  { id, maxOutputTokens: listed }: TextModel
): number {
  const requested = max_completion_tokens ?? max_tokens ?? undefined
  if (listed !== null && requested !== undefined && requested > listed)
    throw new HttpError(400, 'max_tokens_too_large', `${id} writes at most ${listed} tokens.`)
  return requested ?? Math.min(DEFAULT_MAX_TOKENS, listed ?? DEFAULT_MAX_TOKENS)
}

function textOf(each: Message | undefined): string {
  const content = each?.content ?? ''
  if (typeof content === 'string') return content
  return content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n')
}
