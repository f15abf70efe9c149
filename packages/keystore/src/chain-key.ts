import { createEvmSigner, createSolanaSigner } from '@bursar/siwx'
import bs58 from 'bs58'

/** The family of chains that a key is for. */
export type Chain = 'evm' | 'solana'

/** A private key of 32 bytes, and whose it is. */
export interface ChainKey {
  readonly chain: Chain
  readonly bytes: Uint8Array
  readonly address: string
}

/** Names the owner of 32 bytes. @throws {TypeError} when they are no key. */
export async function chainKey(chain: Chain, bytes: Uint8Array): Promise<ChainKey> {
  const signer = chain === 'evm' ? createEvmSigner(evmText(bytes)) : createSolanaSigner(bytes)
  return { chain, bytes, address: await signer.address() }
}

/**
 * Reads a private key as wallets write it: 32 bytes in hex for EVM; for Solana base58 or a JSON array, of 32 or 64 bytes.
 *
 * @throws {TypeError} when it is none. Its value is not shown.
 */
export async function parseKey(text: string): Promise<ChainKey> {
  const given = text.trim()
  if (/^(?:0x)?[0-9a-f]{64}$/i.test(given)) return chainKey('evm', Buffer.from(given.slice(-64), 'hex'))
  const bytes = solanaBytes(given)
  if (bytes?.length !== 32 && bytes?.length !== 64)
    throw new TypeError(
      'That is no private key of EVM (hex) or Solana (base58, or a JSON array); it is not shown'
    )
  // The signer looks whether the second half belongs to the first.
  const address = await createSolanaSigner(bytes).address()
  return { chain: 'solana', bytes: bytes.slice(0, 32), address }
}

/** Writes a private key as wallets read it. */
export function formatKey({ chain, bytes, address }: ChainKey): string {
  return chain === 'evm' ? evmText(bytes) : bs58.encode(Buffer.concat([bytes, bs58.decode(address)]))
}

function evmText(bytes: Uint8Array): `0x${string}` {
  return `0x${Buffer.from(bytes).toString('hex')}`
}

function solanaBytes(text: string): Uint8Array | undefined {
  try {
    if (!text.startsWith('[')) return bs58.decode(text)
    const list: unknown = JSON.parse(text)
    const isBytes =
      Array.isArray(list) && list.every((each) => Number.isInteger(each) && each >= 0 && each < 256)
    return isBytes ? Uint8Array.from(list) : undefined
  } catch {
    return undefined
  }
}
