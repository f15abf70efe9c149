import { inspect } from 'node:util'
import { createEvmSigner, createSolanaSigner } from '@bursar/siwx'
import bs58 from 'bs58'

/** The family of chains that a key is for. */
export type Chain = 'evm' | 'solana'

/** A private key, and the address that it belongs to. Its bytes show in no log, no JSON and no clone of it. */
export interface ChainKey {
  readonly chain: Chain
  /** 32 bytes. */
  readonly bytes: Uint8Array
  readonly address: string
}

/** Finds the address of a private key. @throws {TypeError} when the bytes are not a key of the chain. */
export async function createChainKey(chain: Chain, bytes: Uint8Array): Promise<ChainKey> {
  const signer = chain === 'evm' ? createEvmSigner(formatHex(bytes)) : createSolanaSigner(bytes)
  return new HeldKey(chain, bytes, await signer.address())
}

/** A key whose bytes only {@link ChainKey.bytes} gives. */
class HeldKey implements ChainKey {
  readonly chain: Chain
  readonly address: string
  readonly #bytes: Uint8Array

  constructor(chain: Chain, bytes: Uint8Array, address: string) {
    this.chain = chain
    this.address = address
    this.#bytes = bytes
  }

  get bytes(): Uint8Array {
    return this.#bytes
  }

  /** Leaves the bytes out of a log, also where an inspector calls getters. */
  [inspect.custom](): string {
    return `HeldKey { chain: '${this.chain}', address: '${this.address}' }`
  }
}

/** Writes a private key as wallets read it: hex for EVM, base58 of 64 bytes for Solana. */
export function formatKey({ chain, bytes, address }: ChainKey): string {
  return chain === 'evm' ? formatHex(bytes) : bs58.encode(Buffer.concat([bytes, bs58.decode(address)]))
}

function formatHex(bytes: Uint8Array): `0x${string}` {
  return `0x${Buffer.from(bytes).toString('hex')}`
}
