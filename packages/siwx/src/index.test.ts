import { expect, it } from 'vitest'
import * as siwx from './index.js'

it('exports exactly this', () => {
  expect(Object.keys(siwx).sort()).toEqual([
    'evmSigner',
    'katanaProver',
    'memoryNonces',
    'signInProver',
    'solanaSigner',
    'veniceProver',
    'verifyKatanaProof',
    'verifySignIn',
    'verifyVeniceProof'
  ])
})
