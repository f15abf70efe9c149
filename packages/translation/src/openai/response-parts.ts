import { isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'
import { invalidRequest } from '../invalid-request.js'
import { asText, definedMembers } from '../json-fields.js'
import { assertMembers, type ParameterTable } from '../parameters.js'
import { noCounterpart } from './no-counterpart.js'

/**
 * Translates content of Responses into content of a chat.
 *
 * @param field names it in an error, for example `input[2].content`.
 * @throws {InvalidRequest}
 */
export function toContent(content: JsonValue | undefined, field: string): string | readonly JsonObject[] {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) throw invalidRequest(`${field} must be a text or a list`)
  return content.map((part, index) => {
    if (isJsonObject(part)) return toPart(part, `${field}[${index}]`)
    throw invalidRequest(`${field}[${index}] must be an object`)
  })
}

/** What a file may ask for that no chat can say. */
const fileMembers: ParameterTable = {
  detail: { use: 'refused', note: 'a chat has none for files, so leave it out', neutral: ['auto'] }
}

function toPart(part: JsonObject, field: string): JsonObject {
  const { type, text, image_url: url, detail, refusal, file_data: data, filename, input_audio: audio } = part
  if (type === 'input_text' || type === 'output_text') return { type: 'text', text: asText(text) }
  if (type === 'refusal') return { type: 'text', text: asText(refusal) }
  if (type === 'input_image' && typeof url === 'string')
    return { type: 'image_url', image_url: definedMembers({ url, detail: detailOf(detail) }) }
  if (type === 'input_file') assertMembers(part, fileMembers, field)
  if (type === 'input_file' && typeof data === 'string')
    return { type: 'file', file: { file_data: data, filename: asText(filename) || 'file' } }
  if (type === 'input_audio' && isJsonObject(audio)) return { type, input_audio: audio }
  // LangChain sends images as a chat has them.
  if (type === 'image_url' && isJsonObject(url)) return { type, image_url: url }
  throw noCounterpart(
    `${field} of type ${asText(type).slice(0, 40)}`,
    'only texts, and images, files and audio that are part of the request, can be used'
  )
}

/** A chat knows no detail above `high`. */
function detailOf(detail: JsonValue | undefined): JsonValue | undefined {
  return detail === 'original' ? 'high' : (detail ?? undefined)
}
