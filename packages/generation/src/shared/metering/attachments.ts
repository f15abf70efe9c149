import { isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'

/** What a request shows a model beside its text. */
export interface Attachments {
  /** By URL, or inline. */
  readonly images: number
  /** Characters of the request that are inline images, and are not read as text. */
  readonly imageCharacters: number
  /** Whether there is a document, a video, or a reference, whose length says nothing about its tokens. */
  readonly isUnbounded: boolean
}

/** Finds what is attached, at the places where the APIs of OpenAI, Anthropic and Gemini take it. */
export function attachmentsOf(body: JsonObject): Attachments {
  const found = [...imagesToEdit(body), ...attachmentsIn(body)]
  const images = found.filter((each) => each !== 'unbounded')
  return {
    images: images.length,
    imageCharacters: images.reduce((sum, characters) => sum + characters, 0),
    isUnbounded: found.includes('unbounded') || refersToStored(body)
  }
}

/** An image by the characters that it takes inline, 0 when it is elsewhere; or something without a bound. */
type Attachment = number | 'unbounded'

/** Conversations, prompts and caches that the service keeps are read, and billed, as well. */
function refersToStored(body: JsonObject): boolean {
  const fields = ['previous_response_id', 'conversation', 'cachedContent', 'cached_content']
  return isJsonObject(body.prompt) || fields.some((field) => (body[field] ?? null) !== null)
}

/** Images at the top level of a body. */
function imagesToEdit(body: JsonObject): Attachment[] {
  const values = ['image', 'images', 'mask'].flatMap((field) => [body[field] ?? []].flat())
  return values.flatMap((value) => {
    const url = isJsonObject(value) ? (value.image_url ?? value.url) : value
    return typeof url === 'string' ? [dataUrlLength(url)] : []
  })
}

/** Fields that hold messages, or the parts of one. */
const containers = ['messages', 'input', 'contents', 'system', 'content', 'parts', 'output', 'source']

function attachmentsIn(holder: JsonObject): Attachment[] {
  return containers.flatMap((field) => {
    const value = holder[field] ?? []
    return [value].flat().flatMap((part) => (isJsonObject(part) ? attachmentsOfPart(part) : []))
  })
}

function attachmentsOfPart(part: JsonObject): Attachment[] {
  const image = imageLength(part)
  if (image !== undefined) return [image]
  return isReadAsText(part) ? attachmentsIn(part) : ['unbounded']
}

/** The characters of an image, as each API writes one; `undefined` when the part is something else. */
function imageLength(part: JsonObject): number | undefined {
  const { type, image_url: imageUrl, image, source } = part
  const url = isJsonObject(imageUrl) ? imageUrl.url : (imageUrl ?? image)
  if (typeof url === 'string') return dataUrlLength(url)
  const inline = inlineData(part)
  if (isMimeType(inline, 'image/')) return lengthOf(inline.data)
  if (type === 'image') return isMimeType(source, 'image/') ? lengthOf(source.data) : 0
  return type === 'input_image' ? 0 : undefined
}

/** Types of parts whose tokens are no more than their bytes. */
const textTypes: ReadonlySet<JsonValue | undefined> = new Set([
  ...['message', 'text', 'input_text', 'output_text', 'summary_text', 'reasoning_text', 'refusal', 'content'],
  ...['reasoning', 'thinking', 'redacted_thinking', 'tool_use', 'tool_result', 'function_call'],
  ...['function_call_output', 'custom_tool_call', 'custom_tool_call_output', 'input_audio'],
  ...['additional_tools', 'tool_search_call', 'tool_search_output']
])

/** Inline audio has fewer tokens than bytes. */
function isReadAsText(part: JsonObject): boolean {
  if (part.type !== undefined) return textTypes.has(part.type) || isTextDocument(part)
  const inline = inlineData(part)
  if (inline !== undefined) return isMimeType(inline, 'audio/') || isMimeType(inline, 'text/')
  return ['role', 'text', 'functionCall', 'functionResponse'].some((field) => part[field] !== undefined)
}

/** Anthropic's documents, and their sources, when they are text. */
function isTextDocument({ type, source }: JsonObject): boolean {
  return type === 'document' && isJsonObject(source) && textTypes.has(source.type)
}

/** Gemini's name for bytes that come along, in either spelling. */
function inlineData({ inlineData: camel, inline_data: snake }: JsonObject): JsonObject | undefined {
  return [camel, snake].find((value) => isJsonObject(value))
}

/** Whether something carries a type of media, by the field of Anthropic or of Gemini. */
function isMimeType(value: JsonValue | undefined, prefix: string): value is JsonObject {
  if (!isJsonObject(value)) return false
  const type = value.media_type ?? value.mimeType ?? value.mime_type
  return typeof type === 'string' && type.startsWith(prefix)
}

function dataUrlLength(url: string): number {
  return /^data:image\//i.test(url) ? url.length : 0
}

function lengthOf(value: JsonValue | undefined): number {
  return typeof value === 'string' ? value.length : 0
}
