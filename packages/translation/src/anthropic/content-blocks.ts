import type { JsonObject, JsonValue } from '@bursar/core'
import { invalidRequest } from '../invalid-request.js'
import { asObject, asObjects, asText } from '../json-fields.js'

/** The texts of a list of blocks, apart from each other. */
export function joinTexts(blocks: JsonValue | undefined): string {
  return asObjects(blocks)
    .map(({ text }) => asText(text))
    .join('\n\n')
}

/** Translates a block of content into a part of a chat message. @throws {InvalidRequest} */
export function toPart(block: JsonObject): JsonObject {
  const { type, text = '', title } = block
  if (type === 'text') return { type: 'text', text }
  const source = asObject(block.source)
  const url = urlOf(source)
  if (type === 'image' && url !== '') return { type: 'image_url', image_url: { url } }
  if (type === 'document' && source.type === 'text') return { type: 'text', text: asText(source.data) }
  if (type === 'document' && source.type === 'base64')
    return { type: 'file', file: { filename: asText(title) || 'document.pdf', file_data: url } }
  throw invalidRequest(`Content of type ${asText(type)} has no counterpart`)
}

/** The text of a block, and the empty text of one that has none. @throws {InvalidRequest} */
export function textOfBlock(block: JsonObject): string {
  return asText(toPart(block).text)
}

function urlOf({ type, media_type: mediaType, data, url }: JsonObject): string {
  return type === 'base64' ? `data:${asText(mediaType)};base64,${asText(data)}` : asText(url)
}
