import { isJsonObject, type JsonObject, type JsonValue } from '../wire/json.js'
import { takesIdentifier } from './payment-identifier.js'

/**
 * The first extension that a server requires and that this client does not answer, so that a payment would certainly be
 * refused. The extensions of version 1 are never answered.
 *
 * @returns its name, or `undefined` when there is none.
 */
export function findUnmetExtension(version: 1 | 2, extensions: JsonObject = {}): string | undefined {
  const unmet = Object.entries(extensions).find(
    ([name, extension]) => isRequired(extension) && !(version === 2 && isAnswered(name, extension))
  )
  return unmet?.[0]
}

function isRequired(extension: JsonValue | undefined): boolean {
  return isJsonObject(extension) && isJsonObject(extension.info) && extension.info.required === true
}

function isAnswered(name: string, extension: JsonValue | undefined): boolean {
  return name === 'payment-identifier' && takesIdentifier(extension)
}
