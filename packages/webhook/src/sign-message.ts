/** What is signed. */
export interface SignedMessage {
  readonly id: string
  readonly timestampSeconds: number
  readonly body: string
}

const PREFIX = 'whsec_'
/** Bytes of a secret, as Standard Webhooks has it. */
const [MIN_BYTES, MAX_BYTES] = [24, 64]

/** Makes a secret of 256 random bits. */
export function newWebhookSecret(): string {
  return PREFIX + encode(crypto.getRandomValues(new Uint8Array(32)))
}

/** Reads a secret. @returns `undefined` when it is none. */
export function secretBytes(secret: string): Uint8Array<ArrayBuffer> | undefined {
  const text = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined
  const digits = text.replace(/=+$/, '')
  // One digit more than a whole number of bytes is no base64.
  if (digits.length % 4 === 1) return undefined
  const bytes = Uint8Array.from(atob(digits), (char) => char.charCodeAt(0))
  return bytes.length < MIN_BYTES || bytes.length > MAX_BYTES ? undefined : bytes
}

/**
 * The headers that show who sent a message, and when.
 *
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export async function signatureHeaders(
  secret: Uint8Array<ArrayBuffer>,
  { id, timestampSeconds, body }: SignedMessage
): Promise<Readonly<Record<string, string>>> {
  const hmac = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', secret, hmac, false, ['sign'])
  const text = new TextEncoder().encode(`${id}.${timestampSeconds}.${body}`)
  const signature = encode(new Uint8Array(await crypto.subtle.sign('HMAC', key, text)))
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestampSeconds),
    'webhook-signature': `v1,${signature}`
  }
}

function encode(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}
