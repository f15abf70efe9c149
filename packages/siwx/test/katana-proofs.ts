import { expect } from 'vitest'
import { createKatanaProofProvider, type MessageSigner, verifyKatanaProof } from '../src/index.js'
import { decode, encode, stillClock } from './wallets.js'

/** Where Katana is. */
const KATANA = 'https://kat.imgnai.com'

/** Stands still, so that no proof grows old. */
export const clock = stillClock()

/** A proof as the header has it. */
export interface Proof {
  network: string
  address: string
  message: string
  signature: string
  issued_at: number
}

/** Makes a proof, and reads it out of its header. */
export async function createProof(
  signer: MessageSigner,
  options: { issuedAt?: 'rfc3339' } = {}
): Promise<Proof> {
  const proof = await createKatanaProofProvider({ signer, origin: KATANA, clock, ...options }).createProof()
  const { name, value } = proof.headerFor(`${KATANA}/v1/chat/completions`)
  expect(name).toBe('X-Sign-In-With-X')
  return decode(value) as unknown as Proof
}

/** Verifies a proof, by the clock that stands still. */
export const verify = (proof: object, options = {}) => verifyKatanaProof(encode(proof), { clock, ...options })
