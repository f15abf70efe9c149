/** An API key and its secret: apart, or as `key:secret`. */
export type ApiKey = string | { readonly key: string; readonly secret: string }

/** Text that a header may hold: no spaces, controls or line breaks. */
const headerText = /^[\x21-\x7e]+$/

/**
 * Reads an API key into the headers that carry it. The key never appears in a body, a URL or an error.
 *
 * @throws {TypeError} that shows nothing of it.
 * @see Katana 19 and 20
 */
export function keyHeaders(apiKey: ApiKey): Readonly<Record<string, string>> {
  const { key, secret } = typeof apiKey === 'string' ? splitAtFirstColon(apiKey) : apiKey
  if (!headerText.test(key) || !headerText.test(secret) || key.includes(':')) {
    throw new TypeError('apiKey must be "key:secret" or { key, secret } (its value is not shown)')
  }
  return { 'X-API-Key': key, 'X-API-Secret': secret }
}

/** The part that must not be seen in errors. */
export function secretOf(apiKey: ApiKey): string {
  return typeof apiKey === 'string' ? splitAtFirstColon(apiKey).secret : apiKey.secret
}

/** A secret may hold colons. */
function splitAtFirstColon(text: string): { readonly key: string; readonly secret: string } {
  const at = text.indexOf(':')
  return at === -1 ? { key: '', secret: '' } : { key: text.slice(0, at), secret: text.slice(at + 1) }
}
