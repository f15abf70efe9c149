import { systemClock } from '@bursar/core'
import { hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import bs58 from 'bs58'
import { recoverAddress } from '../signer/evm-crypto.js'
import { isContractSignature } from './contract-signature.js'
import type { SignedText } from './signed-text.js'
import type { VerifyOptions } from './verify-options.js'

/**
 * Whether a text is signed by its wallet: by its key, or, where endpoints are given, by its contract.
 *
 * @throws {BursarError} `rpc/unavailable`
 * @see EIP-191; EIP-1271; EIP-6492; RFC 8032
 */
export async function isSignedByWallet(
  signed: SignedText,
  { rpcUrls = {}, rpcTimeoutMs = 10_000, clock = systemClock, signal }: VerifyOptions
): Promise<boolean> {
  const { network, address, text, signature } = signed
  if (network.startsWith('solana:')) return isSignedOnSolana(signed)
  if (!/^0x(?:[0-9a-fA-F]{2}){1,8192}$/.test(signature)) return false
  const isByKey =
    signature.length === 132 && (await recoverAddress(text, hexToBytes(signature.slice(2)))) === address
  return (
    isByKey ||
    isContractSignature({ network, address, text, signature }, { rpcUrls, rpcTimeoutMs, clock, signal })
  )
}

async function isSignedOnSolana({ address, text, signature }: SignedText): Promise<boolean> {
  const publicKey = bs58.decodeUnsafe(address)
  if (!publicKey) return false
  const { verifyAsync } = await import('@noble/ed25519')
  for (const bytes of readings(signature)) {
    // The strict rules of RFC 8032 reject keys of small order, for which anybody can sign.
    if (await verifyAsync(bytes, utf8ToBytes(text), publicKey, { zip215: false })) return true
  }
  return false
}

/** All readings of a text as 64 bytes: base58, base64 and hex have letters in common. */
function readings(text: string): Uint8Array[] {
  if (text.length > 130) return []
  const hex = /^(?:0x)?([0-9a-fA-F]{128})$/.exec(text)?.[1]
  if (hex !== undefined) return [hexToBytes(hex)]
  return [bs58.decodeUnsafe(text), decodeBase64(text)].flatMap((bytes) =>
    bytes?.length === 64 ? [bytes] : []
  )
}

function decodeBase64(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9+/]{86}(?:==)?$/.test(text)) return undefined
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
}
