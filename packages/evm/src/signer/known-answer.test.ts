import { expect, it, vi } from 'vitest'
import { loadSigningBackend } from '../crypto-node.js'
import { provenBackend } from './known-answer.js'
import { loadNativeBackend } from './native-backend.js'
import type { SyncBackend } from './signing-backend.js'
import { loadWasmBackend } from './wasm-backend.js'

it('a backend that signs otherwise than the others is not used', () => {
  const native = loadNativeBackend()
  const sign: SyncBackend['sign'] = native?.isSync ? native.sign : expect.unreachable()
  const others: readonly SyncBackend['sign'][] = [
    (hash, key) => sign(key, hash),
    (hash, key) => ({ ...sign(hash, key), recovery: 1 })
  ]
  expect(provenBackend({ name: 'wasm', isSync: true, sign })).toBeDefined()
  for (const other of others)
    expect(provenBackend({ name: 'wasm', isSync: true, sign: other })).toBeUndefined()
})

it('a module that a bundler hands out half loaded is passed over for the next backend', async () => {
  vi.doMock('tiny-secp256k1', () => ({ signRecoverable: undefined }))
  vi.doMock('./native-backend.js', () => ({ loadNativeBackend: () => undefined }))
  try {
    expect(await loadWasmBackend()).toBeUndefined()
    vi.resetModules()
    const { loadSigningBackend: load } = await import('../crypto-node.js')
    expect((await load()).name).toBe('noble')
  } finally {
    vi.doUnmock('tiny-secp256k1')
    vi.doUnmock('./native-backend.js')
    vi.resetModules()
  }
  expect((await loadSigningBackend()).name).toBe('native')
})
