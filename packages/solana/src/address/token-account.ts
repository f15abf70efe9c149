import { BoundedMap } from '@bursar/core/bounded-map'
import { Point } from '@noble/ed25519'
import { sha256 } from '@noble/hashes/sha2.js'
import { type Address, formatAddress } from './address.js'
import { ASSOCIATED_TOKEN } from './programs.js'

const MARKER = new TextEncoder().encode('ProgramDerivedAddress')
const derived = new BoundedMap<string, Address>(1024)

/**
 * The associated token account of an owner, the only account that x402 pays to. Deriving one takes about
 * 0.2 ms, so the latest are kept.
 *
 * @see x402 exact/SVM, 1.1
 */
export function tokenAccountOf(owner: Address, mint: Address, tokenProgram: Address): Address {
  const name = `${owner.text}/${mint.text}/${tokenProgram.text}`
  let account = derived.get(name)
  if (!account) {
    account = deriveAddress([owner.bytes, tokenProgram.bytes, mint.bytes], ASSOCIATED_TOKEN)
    derived.set(name, account)
  }
  return account
}

/** The first address, counting a byte down from 255, that is no public key. */
function deriveAddress(seeds: readonly Uint8Array[], program: Address): Address {
  for (let bump = 255; bump >= 0; bump--) {
    const hash = sha256.create()
    for (const seed of seeds) hash.update(seed)
    const bytes = hash.update(Uint8Array.of(bump)).update(program.bytes).update(MARKER).digest()
    if (!isPublicKey(bytes)) return formatAddress(bytes)
  }
  throw new TypeError('No address can be derived from these seeds')
}

/** Whether 32 bytes are a public key, and not an address that a program derived. */
export function isPublicKey(bytes: Uint8Array): boolean {
  try {
    Point.fromBytes(bytes)
    return true
  } catch {
    return false
  }
}
