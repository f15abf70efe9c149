import { type Address, getAddress, type Hex, verifyMessage } from 'viem'
import { parseSiweMessage } from 'viem/siwe'
import { readBase64Json } from '../server/base64-json.js'

/** Seconds that a proof may be old, or ahead. */
const MAX_AGE_SECONDS = 300
const MAX_NONCES = 100_000

/** Verifies Venice's wallet proofs, each of which counts once, with other code than the client's. */
export class SignIns {
  readonly #nonces = new Set<string>()

  /** @returns the wallet, or why the proof is refused. */
  async verify(header: string, host: string, nowMs: number): Promise<Address | { readonly refused: string }> {
    const proof = readBase64Json(header)
    const { address, message, signature } = proof ?? {}
    if (typeof address !== 'string' || typeof message !== 'string' || typeof signature !== 'string')
      return { refused: 'X402_SIGN_IN_MALFORMED' }
    const {
      domain,
      nonce = '',
      issuedAt,
      expirationTime,
      chainId,
      address: named
    } = parseSiweMessage(message)
    if (domain !== host || chainId !== 8453) return { refused: 'X402_SIGN_IN_UNSUPPORTED' }
    if (!isFresh(issuedAt, expirationTime, nowMs)) return { refused: 'X402_SIGN_IN_EXPIRED' }
    if (named === undefined || getAddress(named) !== getAddress(address))
      return { refused: 'X402_SIGN_IN_INVALID' }
    const signed = { address: named, message, signature: signature as Hex }
    if (!(await verifyMessage(signed).catch(() => false))) return { refused: 'X402_SIGN_IN_INVALID' }
    if (nonce === '' || this.#nonces.has(nonce)) return { refused: 'X402_SIGN_IN_NONCE_USED' }
    if (this.#nonces.size >= MAX_NONCES) this.#nonces.clear()
    this.#nonces.add(nonce)
    return getAddress(named)
  }
}

function isFresh(issuedAt: Date | undefined, expiresAt: Date | undefined, nowMs: number): boolean {
  if (!issuedAt || !expiresAt) return false
  return Math.abs(nowMs - issuedAt.getTime()) <= MAX_AGE_SECONDS * 1000 && expiresAt.getTime() > nowMs
}
