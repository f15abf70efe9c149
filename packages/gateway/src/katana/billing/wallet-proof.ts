import { createPublicKey, verify } from 'node:crypto'
import { SOLANA_MAINNET } from '@bursar/core'
import bs58 from 'bs58'
import { getAddress, isHex, verifyMessage } from 'viem'
import { readBase64Json } from '../../server/base64-json.js'

/** A wallet whose owner has proven that it is theirs. */
export interface ProvenWallet {
  readonly network: string
  /** An EVM address has its checksum. */
  readonly address: string
}

/** What a proof must meet beyond its signature. */
export interface ProofRules {
  /** Seconds that `issued_at` may be old, or ahead. */
  readonly maxAgeSeconds: number
  /** Whether the time in the message must equal `issued_at` (Katana 63). */
  readonly timesMatter: boolean
  readonly nowMs: number
}

interface ProofFields extends ProvenWallet {
  readonly message: string
  readonly signature: string
}

/** The DER prefix of an Ed25519 public key, before its 32 bytes. */
const ED25519_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')

/**
 * Verifies the value of `X-Sign-In-With-X` (Katana 58 to 63), without the code that the client makes it with.
 *
 * @returns the wallet, or why the proof is rejected.
 */
export async function verifyWalletProof(header: string, rules: ProofRules): Promise<ProvenWallet | string> {
  const proof = readBase64Json(header)
  if (!proof) return 'not base64 of JSON'
  const { network, address, message, signature, issued_at: issuedAt } = proof
  if (typeof network !== 'string' || typeof address !== 'string') return 'its network or address is missing'
  if (typeof message !== 'string' || typeof signature !== 'string')
    return 'its message or signature is missing'
  if (typeof issuedAt !== 'number' || !Number.isInteger(issuedAt)) return 'its issued_at is no Unix time'
  const fields = { network, address, message, signature }
  const reason = rejectMessageReason(fields) ?? rejectTimeReason(message, issuedAt, rules)
  if (reason !== undefined) return reason
  if (network.startsWith('eip155:')) return verifyEvm(fields)
  return network === SOLANA_MAINNET ? verifySolana(fields) : 'its network is not served'
}

/** The message names imgnAI and the wallet (Katana 59). */
function rejectMessageReason({ message, address }: ProofFields): string | undefined {
  if (!message.includes('imgnAI')) return 'its message does not name imgnAI'
  return message.includes(address) ? undefined : 'its message does not name the wallet'
}

/** The proof is fresh. Two times that differ could be an old message with a new date (Katana 63, assumed). */
function rejectTimeReason(message: string, issuedAt: number, rules: ProofRules): string | undefined {
  const stated = /^Issued At: (.+)$/m.exec(message)?.[1]
  if (rules.timesMatter && stated !== undefined && secondsOf(stated) !== issuedAt)
    return 'its issued_at is not that of its message'
  return Math.abs(rules.nowMs / 1000 - issuedAt) > rules.maxAgeSeconds ? 'it is stale' : undefined
}

function secondsOf(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : Math.floor(Date.parse(text) / 1000)
}

/** EIP-191 (Katana 61). */
async function verifyEvm(fields: ProofFields): Promise<ProvenWallet | string> {
  const { network, message, signature } = fields
  if (!/^0x[0-9a-fA-F]{40}$/.test(fields.address)) return 'its address is none'
  const address = getAddress(fields.address)
  const isSigned =
    isHex(signature) && (await verifyMessage({ address, message, signature }).catch(() => false))
  return isSigned ? { network, address } : 'its signature is not by the wallet'
}

/** Ed25519 over the bytes of the message (Katana 62). */
function verifySolana({ network, address, message, signature }: ProofFields): ProvenWallet | string {
  const key = bs58.decodeUnsafe(address)
  if (key?.length !== 32) return 'its address is none'
  const publicKey = createPublicKey({
    key: Buffer.concat([ED25519_PREFIX, key]),
    format: 'der',
    type: 'spki'
  })
  const isSigned = signatureCandidates(signature).some(
    (bytes) => bytes.length === 64 && verify(null, Buffer.from(message), publicKey, bytes)
  )
  return isSigned ? { network, address } : 'its signature is not by the wallet'
}

/** A text can be valid base58, base64 and hex at once, so each reading is tried. */
function signatureCandidates(text: string): Uint8Array[] {
  const hex = text.replace(/^0x/, '')
  return [
    bs58.decodeUnsafe(text) ?? new Uint8Array(),
    Buffer.from(text, 'base64'),
    /^[0-9a-fA-F]{128}$/.test(hex) ? Buffer.from(hex, 'hex') : new Uint8Array()
  ]
}
