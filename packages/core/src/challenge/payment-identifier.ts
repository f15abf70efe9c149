import type { ChallengeEcho } from '../dialect/dialect.js'
import { isJsonObject, type JsonObject, type JsonValue } from '../wire/json.js'

const EXTENSION = 'payment-identifier'

/** The length of a purchase's id, which is what servers are given: `p` and 32 hex digits. */
const ID_LENGTH = 33

/**
 * Whether the server that declares the extension takes a purchase's id. The pattern of its schema is not read: a server
 * could choose one that takes for ever.
 */
export function takesIdentifier(extension: JsonValue | undefined): extension is JsonObject & {
  readonly info: JsonObject
} {
  if (!isJsonObject(extension) || !isJsonObject(extension.info)) return false
  const { minLength, maxLength } = at(extension.schema, 'properties', 'id')
  return bound(minLength, 0) <= ID_LENGTH && ID_LENGTH <= bound(maxLength, ID_LENGTH)
}

/**
 * Adds a payment's identifier to the extensions that are echoed, where the server declares that it takes one. What it
 * sent stays as it came.
 *
 * @see x402 extension payment-identifier
 */
export function withPaymentIdentifier<Echo extends ChallengeEcho>(challenge: Echo, id: string): Echo {
  const declared = challenge.extensions?.[EXTENSION]
  if (!takesIdentifier(declared)) return challenge
  const extension = { ...declared, info: { ...declared.info, id } }
  return { ...challenge, extensions: { ...challenge.extensions, [EXTENSION]: extension } }
}

/** The identifier that a payment carries, as {@link withPaymentIdentifier} adds it. */
export function paymentIdentifierOf(payment: JsonObject): string | undefined {
  const { id } = at(payment.extensions, EXTENSION, 'info')
  return typeof id === 'string' ? id : undefined
}

/** The object that a path leads to, or an empty one. */
function at(json: JsonValue | undefined, ...path: readonly string[]): JsonObject {
  let value = json
  for (const name of path) value = isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
  return isJsonObject(value) ? value : {}
}

function bound(value: JsonValue | undefined, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise
}
