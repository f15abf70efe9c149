import { createPublicKey, verify } from 'node:crypto'
import { SOLANA_MAINNET } from '@bursar/core'
import bs58 from 'bs58'
import { getAddress, type Hex, verifyMessage } from 'viem'
import { readBase64Json } from '../../server/base64-json.js'

/** Whose balance a request may spend. */
export interface ProvenWallet {
  readonly network: string
  /** EVM addresses with their checksum. */
  readonly address: string
}

/** What is asked of a proof beyond its signature. */
export interface ProofRules {
  /** Seconds that `issued_at` may lie back or ahead. */
  readonly maxAgeSeconds: number
  /** Whether the time of the text must be that of `issued_at` (Katana 63). */
  readonly timesMatter: boolean
  readonly nowMs: number
}

/** An Ed25519 key in DER, before its 32 bytes. */
const ED25519_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')

/**
 * Verifies the value of `X-Sign-In-With-X` (Katana 58 to 63), with other code than the client's.
 *
 * @returns the wallet, or why the proof is refused.
 */
export async function verifyWalletProof(header: string, rules: ProofRules): Promise<ProvenWallet | string> {
  const proof = readBase64Json(header)
  if (!proof) return 'not base64 of JSON'
  const { network, address, message, signature, issued_at: issuedAt } = proof
  if (typeof network !== 'string' || typeof address !== 'string') return 'its network or address is missing'
  if (typeof message !== 'string' || typeof signature !== 'string')
    return 'its message or signature is missing'
  if (typeof issuedAt !== 'number' || !Number.isInteger(issuedAt)) return 'its issued_at is no Unix time'
  // Katana 59.
  if (!message.includes('imgnAI')) return 'its message does not name imgnAI'
  if (!message.includes(address)) return 'its message does not name the wallet'
  // Katana 63, assumed: two times that disagree could be a replay with a new date.
  const statedTime = /^Issued At: (.+)$/m.exec(message)?.[1]
  if (rules.timesMatter && statedTime !== undefined && secondsOf(statedTime) !== issuedAt)
    return 'its issued_at is not that of its message'
  if (Math.abs(rules.nowMs / 1000 - issuedAt) > rules.maxAgeSeconds) return 'it is stale'
  if (network.startsWith('eip155:')) return verifyEvm(network, address, message, signature)
  return network === SOLANA_MAINNET
    ? verifySolana(network, address, message, signature)
    : 'its network is not served'
}

/** Katana 61: EIP-191. */
async function verifyEvm(
  network: string,
  address: string,
  message: string,
  signature: string
): Promise<ProvenWallet | string> {
  if (!/^0x[0-9a-fA-F]{40}$/.test(address)) return 'its address is none'
  const wallet = { network, address: getAddress(address) }
  const proof = { address: wallet.address, message, signature: signature as Hex }
  return (await verifyMessage(proof).catch(() => false)) ? wallet : 'its signature is not by the wallet'
}

/** Katana 62: Ed25519 over the text's bytes. */
function verifySolana(
  network: string,
  address: string,
  message: string,
  signature: string
): ProvenWallet | string {
  const key = bs58.decodeUnsafe(address)
  if (key?.length !== 32) return 'its address is none'
  const publicKey = createPublicKey({
    key: Buffer.concat([ED25519_PREFIX, key]),
    format: 'der',
    type: 'spki'
  })
  const signed = signatureBytes(signature).some(
    (bytes) => bytes.length === 64 && verify(null, Buffer.from(message), publicKey, bytes)
  )
  return signed ? { network, address } : 'its signature is not by the wallet'
}

/** Base58, base64 and hex overlap: the one counts that verifies. */
function signatureBytes(text: string): Uint8Array[] {
  const hex = text.replace(/^0x/, '')
  return [
    bs58.decodeUnsafe(text) ?? new Uint8Array(),
    Buffer.from(text, 'base64'),
    /^[0-9a-fA-F]{128}$/.test(hex) ? Buffer.from(hex, 'hex') : new Uint8Array()
  ]
}

function secondsOf(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : Math.floor(Date.parse(text) / 1000)
}
