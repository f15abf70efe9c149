import { isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'
import { parseDateTime } from './date-time.js'
import { isPlainLine } from './plain-text.js'

/** What a sign-in text says besides the wallet and the chain. @see CAIP-122, "Data Model" */
export interface SignInFields {
  /** The server's host, with its port unless it is the default one. */
  readonly domain: string
  readonly uri: string
  readonly version: '1'
  readonly nonce: string
  /** RFC 3339, as all times here. */
  readonly issuedAt: string
  readonly statement?: string
  readonly expirationTime?: string
  readonly notBefore?: string
  readonly requestId?: string
  readonly resources?: readonly string[]
}

const MAX_RESOURCES = 32

const isDomain = matches(/^[\w.:[\]-]{1,255}$/)
/** The characters of RFC 3986. */
const isUri = matches(/^[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]{1,2048}$/)
const isNonce = matches(/^[A-Za-z0-9]{8,128}$/)
const isRequestId = matches(/^[A-Za-z0-9\-._~!$&'()*+,;=:@%]{1,256}$/)

/** By field: whether a value may stand in the text. None of them can hold a line break. */
const rules: Readonly<Record<keyof SignInFields, (value: JsonValue) => boolean>> = {
  domain: isDomain,
  uri: isUri,
  version: (value) => value === '1',
  nonce: isNonce,
  issuedAt: isDateTime,
  statement: (value) =>
    typeof value === 'string' && value.length > 0 && value.length <= 1000 && isPlainLine(value),
  expirationTime: isDateTime,
  notBefore: isDateTime,
  requestId: isRequestId,
  resources: (value) => Array.isArray(value) && value.length <= MAX_RESOURCES && value.every(isResource)
}
const required: readonly string[] = ['domain', 'uri', 'version', 'nonce', 'issuedAt']

/**
 * Reads the fields of a sign-in, or says in a few words what is wrong with them. `null` counts as absent.
 *
 * @see EIP-4361, "ABNF Message Format"
 */
export function readSignInFields(json: JsonValue | undefined): SignInFields | string {
  if (!isJsonObject(json)) return 'its fields are missing'
  const named = Object.keys(rules).map((name) => [name, fieldOf(json, name)] as const)
  const fields = Object.fromEntries(named.filter(([, value]) => value !== undefined))
  return isSignInFields(fields) ? fields : `its ${wrongField(fields)} is missing or malformed`
}

function isSignInFields(fields: {
  readonly [name: string]: JsonValue | undefined
}): fields is typeof fields & SignInFields {
  return wrongField(fields) === undefined
}

function wrongField(fields: { readonly [name: string]: JsonValue | undefined }): string | undefined {
  const wrong = Object.entries(rules).find(([name, isAllowed]) => {
    const value = fields[name]
    return value === undefined ? required.includes(name) : !isAllowed(value)
  })
  return wrong?.[0]
}

function fieldOf(json: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(json, name) ? (json[name] ?? undefined) : undefined
}

function isDateTime(value: JsonValue): boolean {
  return typeof value === 'string' && parseDateTime(value) !== undefined
}

/** A ReCap would hand the server powers beyond the sign-in that the user sees. @see EIP-5573 */
function isResource(value: JsonValue): boolean {
  return isUri(value) && !/^urn:recap:/i.test(String(value))
}

function matches(pattern: RegExp): (value: JsonValue) => boolean {
  return (value) => typeof value === 'string' && pattern.test(value)
}
