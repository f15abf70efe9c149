import { expect, it } from 'vitest'
import {
  createEvmSigner,
  createKatanaProofProvider,
  createMemoryNonceStore,
  createSignInProofProvider,
  createVeniceProofProvider,
  verifyKatanaProof,
  verifySignIn
} from './index.js'

const signer = createEvmSigner(`0x${'11'.repeat(32)}`)
const origin = 'https://a.example'

it.each([
  [
    () => createKatanaProofProvider({ signer, origin, reuseSecond: 5 } as never),
    /did you mean reuseSeconds\?/
  ],
  [
    () => createKatanaProofProvider({ signer, origin, network: 'base' } as never),
    /did you mean 'eip155:8453'\?/
  ],
  [
    () => createKatanaProofProvider({ signer, origin, issuedAt: 'iso' } as never),
    /^issuedAt must be 'unix' or 'rfc3339'/
  ],
  [() => createVeniceProofProvider({ signer, life: 60 } as never), /^life is not an option/],
  [() => createSignInProofProvider({ signer: [signer] } as never), /did you mean signers\?/],
  [() => createMemoryNonceStore({ maxNonces: 10 } as never), /^maxNonces is not an option/],
  [
    () => createEvmSigner(`0x${'11'.repeat(32)}`, { smartwallet: true } as never),
    /did you mean smartWallet\?/
  ]
])('P25: what makes or keeps proofs is not made with wrong options: %#', (make, message) => {
  expect(make).toThrow(message)
})

it('P25: nothing is verified with wrong options', async () => {
  await expect(verifyKatanaProof('x', { maxAge: 5 } as never)).rejects.toThrow(/did you mean maxAgeSeconds\?/)
  await expect(verifySignIn('x', { origin, nonce: {} } as never)).rejects.toThrow(/did you mean nonces\?/)
})
