import type { Wallet } from '../signer/wallet.js'
import { parseDateTime } from '../text/date-time.js'

/** What Katana's text says. */
export interface KatanaText extends Wallet {
  readonly nonce: string
  /** Unix seconds, or RFC 3339. */
  readonly issuedAt: string
}

/** The text that Katana has a wallet sign. */
export function formatKatanaText({ address, network, nonce, issuedAt }: KatanaText): string {
  return [
    'imgnAI X-Sign-In-With-X',
    `Wallet: ${address}`,
    `Network: ${network}`,
    `Nonce: ${nonce}`,
    `Issued At: ${issuedAt}`
  ].join('\n')
}

/** The claims of a text that Katana would accept. The text may have other lines. */
export interface KatanaClaims {
  readonly network: string
  readonly nonce: string
  /** Unix milliseconds. */
  readonly issuedAtMs: number
}

/** Katana's own text has five lines of 60 characters. */
const MAX_LINES = 32
const MAX_LENGTH = 4096

/**
 * Reads the lines that a verifier needs. Each must occur once: a missing line is not signed, and of two equal lines it
 * is unclear which one counts.
 */
export function readKatanaText(text: string): KatanaClaims | undefined {
  const lines = text.length <= MAX_LENGTH ? text.split('\n') : []
  if (lines.length === 0 || lines.length > MAX_LINES || lines.some((line) => /\p{Cc}/u.test(line))) {
    return undefined
  }
  const only = (name: string): string | undefined => {
    const [value, ...more] = lines.filter((line) => line.startsWith(`${name}: `))
    return more.length === 0 ? value?.slice(name.length + 2) : undefined
  }
  const [network, nonce, issuedAt] = [only('Network'), only('Nonce'), only('Issued At')]
  const issuedAtMs = readTime(issuedAt ?? '')
  if (network === undefined || issuedAtMs === undefined) return undefined
  return nonce !== undefined && /^[\w.~+/=-]{8,128}$/.test(nonce) ? { network, nonce, issuedAtMs } : undefined
}

function readTime(text: string): number | undefined {
  return /^\d{1,12}$/.test(text) ? Number(text) * 1000 : parseDateTime(text)
}
