import type { Clock } from '@bursar/core'
import { Keypair } from '@solana/web3.js'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { createEvmSigner, createSolanaSigner, type MessageSigner } from '../src/index.js'

export const evmKey = generatePrivateKey()
export const evmAccount = privateKeyToAccount(evmKey)
export const keypair = Keypair.generate()
/** Both kinds of wallet. */
export const signers = { evm: createEvmSigner(evmKey), solana: createSolanaSigner(keypair) }

/** A clock that stops until it is moved. */
export function stillClock(
  nowMs = Date.parse('2026-11-21T03:00:00.250Z')
): Clock & { nowMs(): number; move(ms: number): void } {
  let now = nowMs
  return {
    nowMs: () => now,
    sleep: async () => {},
    move: (ms) => {
      now += ms
    }
  }
}

/** A signer that counts what it is asked to sign. */
export function counting(signer: MessageSigner): MessageSigner & { readonly texts: string[] } {
  const texts: string[] = []
  return {
    family: signer.family,
    texts,
    address: signer.address,
    sign(text, network) {
      texts.push(text)
      return signer.sign(text, network)
    }
  }
}

/** What a header carries. */
export function decode(header: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(header, 'base64').toString('utf8'))
}

/** The header that carries this. */
export function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value), 'utf8').toString('base64')
}
