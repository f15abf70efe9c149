import { type Address, getAddress, isHex, verifyMessage } from 'viem'
import { parseSiweMessage } from 'viem/siwe'
import { readBase64Json } from '../server/base64-json.js'

/** Seconds that a proof may be old, or ahead. */
const MAX_AGE_SECONDS = 300
const MAX_NONCES = 100_000

type SiweMessageFields = ReturnType<typeof parseSiweMessage>

/** The wallet that a proof is of, or Venice's code for why it is rejected. */
type SignInResult = { readonly wallet: Address } | { readonly rejection: string }

/** Verifies Venice's wallet proofs, without the code that the client makes them with. Each is valid once. */
export class SignIns {
  readonly #usedNonces = new Set<string>()

  async verify(
    header: string,
    { host, nowMs }: { readonly host: string; readonly nowMs: number }
  ): Promise<SignInResult> {
    const { address, message, signature } = readBase64Json(header) ?? {}
    if (typeof address !== 'string' || typeof message !== 'string' || !isHex(signature))
      return { rejection: 'X402_SIGN_IN_MALFORMED' }
    const fields = parseSiweMessage(message)
    if (fields.domain !== host || fields.chainId !== 8453) return { rejection: 'X402_SIGN_IN_UNSUPPORTED' }
    if (!isFresh(fields, nowMs)) return { rejection: 'X402_SIGN_IN_EXPIRED' }
    const signer = fields.address
    if (signer === undefined || signer.toLowerCase() !== address.toLowerCase())
      return { rejection: 'X402_SIGN_IN_INVALID' }
    const isSigned = await verifyMessage({ address: signer, message, signature }).catch(() => false)
    if (!isSigned) return { rejection: 'X402_SIGN_IN_INVALID' }
    return this.#use(fields.nonce ?? '')
      ? { wallet: getAddress(signer) }
      : { rejection: 'X402_SIGN_IN_NONCE_USED' }
  }

  #use(nonce: string): boolean {
    if (nonce === '' || this.#usedNonces.has(nonce)) return false
    if (this.#usedNonces.size >= MAX_NONCES) this.#usedNonces.clear()
    this.#usedNonces.add(nonce)
    return true
  }
}

function isFresh({ issuedAt, expirationTime }: SiweMessageFields, nowMs: number): boolean {
  if (!issuedAt || !expirationTime) return false
  return Math.abs(nowMs - issuedAt.getTime()) <= MAX_AGE_SECONDS * 1000 && expirationTime.getTime() > nowMs
}
