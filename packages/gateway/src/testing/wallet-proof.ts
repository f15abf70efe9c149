import { randomBytes, sign } from 'node:crypto'
import { SOLANA_MAINNET } from '@bursar/core'
import type { Keypair } from '@solana/web3.js'
import bs58 from 'bs58'
import { type Hex, isHex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'

/** What a dishonest or careless prover may get wrong. */
export interface ProofChanges {
  readonly message?: (honest: string) => string
  readonly issuedAt?: number
  readonly address?: string
  readonly network?: string
  /** How a Solana signature is written. */
  readonly encoding?: 'base58' | 'base64' | 'hex'
}

/** The value of `X-Sign-In-With-X`, signed by viem or by Node: nothing of Bursar takes part. */
export async function walletProof(key: Hex | Keypair, changes: ProofChanges = {}): Promise<string> {
  const address =
    changes.address ?? (isHex(key) ? privateKeyToAccount(key).address : key.publicKey.toBase58())
  const network = changes.network ?? (isHex(key) ? 'eip155:8453' : SOLANA_MAINNET)
  const issuedAt = changes.issuedAt ?? Math.floor(Date.now() / 1000)
  const honest = [
    'imgnAI X-Sign-In-With-X',
    `Wallet: ${address}`,
    `Network: ${network}`,
    `Nonce: ${randomBytes(8).toString('hex')}`,
    `Issued At: ${issuedAt}`
  ].join('\n')
  const message = changes.message?.(honest) ?? honest
  const signature = isHex(key)
    ? await privateKeyToAccount(key).signMessage({ message })
    : signSolana(key, message, changes.encoding ?? 'base58')
  const proof = { network, address, message, signature, issued_at: issuedAt }
  return Buffer.from(JSON.stringify(proof)).toString('base64')
}

function signSolana(key: Keypair, message: string, encoding: 'base58' | 'base64' | 'hex'): string {
  const prefix = Buffer.from('302e020100300506032b657004220420', 'hex')
  const der = Buffer.concat([prefix, key.secretKey.subarray(0, 32)])
  const signature = sign(null, Buffer.from(message), { key: der, format: 'der', type: 'pkcs8' })
  return encoding === 'base58' ? bs58.encode(signature) : signature.toString(encoding)
}
