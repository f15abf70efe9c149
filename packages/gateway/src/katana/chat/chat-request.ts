import type { JsonObject } from '@bursar/core'
import * as z from 'zod'
import { HttpError } from '../../server/response.js'
import { findTextModel, type TextModel } from '../catalogue/catalogue.js'
import { readMediaImage } from '../media/media-image.js'

/** Katana 76: assumed when the caller sets no bound. */
const DEFAULT_MAX_TOKENS = 16_000
/** A rough measure; Katana does not say how it estimates. */
const CHARACTERS_PER_TOKEN = 4
const TOKENS_PER_ATTACHMENT = 1000

const textPart = z.object({ type: z.literal('text'), text: z.string() })
const imagePart = z.object({ type: z.literal('image_url'), image_url: z.object({ url: z.string() }) })
const otherPart = z.object({ type: z.enum(['input_audio', 'file', 'video_url']) })
const message = z.object({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']),
  content: z.optional(
    z.nullable(z.union([z.string(), z.array(z.discriminatedUnion('type', [textPart, imagePart, otherPart]))]))
  )
})

const chatRequest = z.object({
  model: z.string(),
  messages: z.optional(z.array(message).min(1)),
  prompt: z.optional(z.string().min(1)),
  max_tokens: z.optional(z.nullable(z.int().positive())),
  max_completion_tokens: z.optional(z.nullable(z.int().positive())),
  stream: z.optional(z.nullable(z.boolean()))
  // `stream_options` and whatever else OpenAI's clients send is let through.
})

type Message = z.infer<typeof message>
type Attachment = z.infer<typeof imagePart> | z.infer<typeof otherPart>

/** A chat completion to make. */
export interface ChatSpec {
  readonly model: TextModel
  /** The text of the last message by the user. */
  readonly question: string
  readonly inputTokens: number
  readonly maxOutputTokens: number
  readonly streams: boolean
  /** What was sent along as bytes. */
  readonly images: readonly Uint8Array[]
}

/** What each kind of part is called in the catalogue's input types. */
const inputTypes = { image_url: 'image', input_audio: 'audio', file: 'file', video_url: 'video' } as const

/**
 * Reads the body of `POST /v1/chat/completions`.
 *
 * @param mayStream Katana 50: not what is paid by x402.
 * @throws {HttpError} 400, before any price is quoted.
 */
export function readChatRequest(body: JsonObject, mayStream: boolean): ChatSpec {
  const parsed = chatRequest.safeParse(body)
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') ?? ''
    throw new HttpError(400, 'invalid_request', `${field} is missing or not accepted.`)
  }
  const { model: name, prompt, stream } = parsed.data
  const streams = stream === true
  if (streams && !mayStream)
    throw new HttpError(400, 'stream_not_supported', 'Text paid by x402 does not stream.')
  const model = findTextModel(name)
  if (!model) throw new HttpError(400, 'no_such_model', `no such model: ${name}`)
  // Katana 75: a bare prompt is one message by the user.
  const messages =
    parsed.data.messages ?? (prompt === undefined ? [] : [{ role: 'user' as const, content: prompt }])
  if (messages.length === 0) throw new HttpError(400, 'invalid_request', 'messages is missing.')
  const attachments = attachmentsOf(messages)
  const images = attachments.flatMap((part) => checkAttachment(part, model) ?? [])
  const characters = messages.reduce((sum, each) => sum + textOf(each).length, 0)
  return {
    model,
    question: textOf(messages.findLast(({ role }) => role === 'user')),
    inputTokens: Math.ceil(characters / CHARACTERS_PER_TOKEN) + attachments.length * TOKENS_PER_ATTACHMENT,
    maxOutputTokens: maxOutputTokens(parsed.data, model),
    streams,
    images
  }
}

function attachmentsOf(messages: readonly Message[]): Attachment[] {
  const parts = messages.flatMap(({ content }) => (Array.isArray(content) ? content : []))
  return parts.filter((part) => part.type !== 'text')
}

/** Katana 86 and 88. Gives the bytes of a picture, where they came along. */
function checkAttachment(part: Attachment, model: TextModel): Uint8Array | undefined {
  const kind = inputTypes[part.type]
  if (!model.inputTypes.includes(kind)) {
    throw new HttpError(400, 'unsupported_input', `${model.id} takes no ${kind}.`)
  }
  if (part.type !== 'image_url') return undefined
  const image = readMediaImage(part.image_url.url)
  if (typeof image === 'string') throw new HttpError(400, 'invalid_media', `An image is refused: ${image}.`)
  return image.bytes
}

/** Katana 76 and 89. */
function maxOutputTokens(
  { max_tokens, max_completion_tokens }: z.infer<typeof chatRequest>,
  { id, maxOutputTokens: listed }: TextModel
): number {
  const asked = max_completion_tokens ?? max_tokens
  if (listed !== null && asked != null && asked > listed) {
    throw new HttpError(400, 'max_tokens_too_large', `${id} writes ${listed} tokens at most.`)
  }
  return asked ?? Math.min(DEFAULT_MAX_TOKENS, listed ?? DEFAULT_MAX_TOKENS)
}

function textOf(each: Message | undefined): string {
  const content = each?.content ?? ''
  if (typeof content === 'string') return content
  return content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n')
}
