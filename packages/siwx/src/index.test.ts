import { expect, it } from 'vitest'
import * as siwx from './index.js'

it('exports exactly this', () => {
  expect(Object.keys(siwx).sort()).toEqual([
    'createEvmSigner',
    'createKatanaProofProvider',
    'createMemoryNonceStore',
    'createSignInProofProvider',
    'createSolanaSigner',
    'createVeniceProofProvider',
    'verifyKatanaProof',
    'verifySignIn',
    'verifyVeniceProof'
  ])
})
