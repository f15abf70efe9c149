import { isJsonObject, type JsonObject, type JsonValue, parseJsonObject } from './json.js'

/** The name of the extension by which a seller signs its offers and its receipts. */
const OFFER_RECEIPT = 'offer-receipt'

/** What somebody has signed: an offer or a receipt. */
export interface SignedStatement {
  readonly format: 'eip712' | 'jws'
  readonly payload: JsonObject
  /** EIP-712: hex. JWS: the whole of it, in its compact form. */
  readonly signature: string
}

/**
 * Reads a signed offer or a signed receipt. It verifies nothing.
 *
 * @returns `undefined` where it has neither of the two forms.
 * @see x402 extension offer-receipt
 */
export function readStatement(value: JsonValue | undefined): SignedStatement | undefined {
  if (!isJsonObject(value)) return undefined
  const { format, signature } = value
  if (typeof signature !== 'string') return undefined
  if (format !== 'eip712' && format !== 'jws') return undefined
  const payload = format === 'jws' ? readPart(signature.split('.')[1]) : value.payload
  return isJsonObject(payload) ? { format, payload, signature } : undefined
}

/** A part of a JWS: JSON in base64url. */
export function readPart(part: string | undefined): JsonObject | undefined {
  const bytes = base64UrlBytes(part ?? '')
  return bytes && parseJsonObject(new TextDecoder().decode(bytes))
}

/** The bytes of base64url; `undefined` when it is anything else. */
export function base64UrlBytes(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[\w-]*$/.test(text)) return undefined
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
    return Uint8Array.from(binary, (char) => char.charCodeAt(0))
  } catch {
    return undefined
  }
}

/** What an extension says. */
export function infoOf(extensions: JsonObject | undefined): JsonObject | undefined {
  const extension = extensions?.[OFFER_RECEIPT]
  return isJsonObject(extension) && isJsonObject(extension.info) ? extension.info : undefined
}
