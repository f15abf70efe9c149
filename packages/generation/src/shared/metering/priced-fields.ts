import { isJsonObject, type JsonObject } from '@bursar/core'
import { invalidRequest, shown } from '../checks/invalid-request.js'
import { findAmbiguousFields, foldFieldName } from './ambiguous-fields.js'

/** The fields that prices are read from, by the object that holds them; the first are those of the body itself. */
const pricedFields: Readonly<Record<string, readonly string[]>> = {
  '': [
    ...['model', 'n', 'best_of', 'max_tokens', 'max_completion_tokens', 'max_output_tokens', 'tools'],
    ...['messages', 'input', 'contents', 'content', 'system', 'image', 'images', 'mask', 'parameters'],
    ...['size', 'quality', 'resolution', 'duration', 'mode', 'audio', 'sound', 'generate_audio'],
    ...['input_video_duration', 'video_durations', 'video_url', 'video_urls', 'generationConfig', 'requests']
  ],
  parameters: ['n', 'max_images', 'size', 'resolution', 'duration'],
  generationConfig: ['maxOutputTokens', 'candidateCount']
}

const fieldsByFold: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map(
  Object.entries(pricedFields).map(([holder, names]) => [
    holder,
    new Map(names.map((name) => [foldFieldName(name), name]))
  ])
)

/**
 * Checks that every service reads the names in a JSON body alike, so that the field a price is read from is the one
 * that is billed.
 *
 * @param text the body, which may hold a name twice.
 * @param body what JSON.parse made of it.
 * @throws {BursarError} `request/invalid`
 */
export function assertPricedFields(text: string, body: JsonObject): void {
  const ambiguous = findAmbiguousFields(text)
  if (ambiguous) throw rejection(ambiguous.second, ambiguous.first)
  for (const [holder, names] of fieldsByFold) {
    const object = holder === '' ? body : body[holder]
    for (const name of isJsonObject(object) ? Object.keys(object) : []) {
      const meant = names.get(foldFieldName(name))
      if (meant !== undefined && meant !== name) throw rejection(name, meant)
    }
  }
}

/** Checks that each text field of a form occurs once. @throws {BursarError} `request/invalid` */
export function assertDistinctFields(form: FormData): void {
  const names = new Map<string, string>()
  for (const [name, value] of form) {
    if (typeof value !== 'string') continue
    const first = names.get(foldFieldName(name))
    if (first !== undefined) throw rejection(name, first)
    names.set(foldFieldName(name), name)
  }
}

function rejection(name: string, meant: string) {
  const message =
    name === meant
      ? `The field ${shown(name)} occurs twice`
      : `The field ${shown(name)} can be taken for ${shown(meant)}`
  return invalidRequest([
    { field: name.slice(0, 60), rule: 'ambiguous_field', message, allowed: `${meant}, once` }
  ])
}
