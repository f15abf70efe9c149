import { isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'
import { invalidRequest } from '../invalid-request.js'
import { asObject, asText } from '../json-fields.js'
import { assertMembers } from '../parameters.js'
import { documentMembers, imageMembers } from './block-members.js'

/**
 * The blocks of a content. A text is one block.
 *
 * @param field names it in an error, for example `messages[2].content`.
 * @throws {InvalidRequest}
 */
export function readBlocks(content: JsonValue | undefined, field: string): readonly JsonObject[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }]
  if (!Array.isArray(content)) throw invalidRequest(`${field} must be a text or a list`)
  return content.map((block, index) => {
    if (isJsonObject(block)) return block
    throw invalidRequest(`${field}[${index}] must be an object`)
  })
}

/** Translates a block of content into parts of a chat message. @throws {InvalidRequest} */
export function toParts(block: JsonObject, field: string): readonly JsonObject[] {
  const { type } = block
  if (type === 'text') return [{ type: 'text', text: textOf(block, field) }]
  if (type === 'image') return [toImage(block, field)]
  if (type === 'document') return toDocument(block, field)
  if (type === 'search_result') return toSearchResult(block, field)
  throw noCounterpart(field, asText(type))
}

/** The text of a block of text. @throws {InvalidRequest} where it is another block. */
export function textOf({ type, text }: JsonObject, field: string): string {
  if (type !== 'text') throw noCounterpart(field, asText(type))
  if (typeof text === 'string') return text
  throw invalidRequest(`${field}.text must be a text`)
}

/** The error of a block that no chat has. */
export function noCounterpart(field: string, type: string): Error {
  return invalidRequest(`${field} of type ${type.slice(0, 40)} has no counterpart`, 'unsupported')
}

function toImage(block: JsonObject, field: string): JsonObject {
  assertMembers(block, imageMembers, field)
  const source = asObject(block.source)
  const url = urlOf(source)
  if (url !== '') return { type: 'image_url', image_url: { url } }
  throw noCounterpart(`${field}.source`, asText(source.type))
}

function toDocument(block: JsonObject, field: string): readonly JsonObject[] {
  assertMembers(block, documentMembers, field)
  const { title, context } = block
  const source = asObject(block.source)
  const name = asText(title)
  const about = [name, asText(context)].filter((each) => each !== '').join('\n')
  const headed = about === '' ? [] : [{ type: 'text', text: about }]
  if (source.type === 'text') return [...headed, { type: 'text', text: asText(source.data) }]
  if (source.type === 'content') return [...headed, ...contentOf(source, `${field}.source`)]
  if (source.type === 'base64') {
    const file = { filename: name || 'document.pdf', file_data: urlOf(source) }
    const more = asText(context)
    return [...(more === '' ? [] : [{ type: 'text', text: more }]), { type: 'file', file }]
  }
  throw noCounterpart(`${field}.source`, asText(source.type))
}

/** What a search found, headed by its title and where it is. */
function toSearchResult(block: JsonObject, field: string): readonly JsonObject[] {
  assertMembers(block, documentMembers, field)
  const about = [block.title, block.source].map(asText).filter((each) => each !== '')
  return [{ type: 'text', text: about.join('\n') }, ...contentOf(block, field)]
}

function contentOf({ content }: JsonObject, field: string): readonly JsonObject[] {
  return readBlocks(content, `${field}.content`).flatMap((block, index) =>
    toParts(block, `${field}.content[${index}]`)
  )
}

function urlOf({ type, media_type: mediaType, data, url }: JsonObject): string {
  if (type === 'base64') return `data:${asText(mediaType)};base64,${asText(data)}`
  return type === 'url' ? asText(url) : ''
}
