import fc from 'fast-check'
import { hashTypedData, recoverTypedDataAddress, keccak256 as viemKeccak } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { describe, expect, it } from 'vitest'
import { createKeyAuthorizer } from '../account/key-authorizer.js'
import { toHex } from '../address/hex.js'
import { type Authorization, typedDataOf } from '../payment/authorization.js'
import { authorizationHash, domainSeparator } from './authorization-hash.js'
import { createKeccak, loadKeccak } from './keccak.js'
import { loadNativeBackend } from './native-backend.js'
import { nobleBackend } from './noble-backend.js'
import { loadWasmBackend } from './wasm-backend.js'

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
const key = bytes(32).filter((each) => each.some((byte) => byte !== 0) && (each[0] ?? 0) < 255)
const address = bytes(20).map(toHex)
const uint = fc.bigInt({ min: 0n, max: 2n ** 256n - 1n })
const domain = fc.record({
  name: fc.string({ minLength: 1, maxLength: 40 }),
  version: fc.string({ minLength: 1, maxLength: 4 }),
  chainId: fc.integer({ min: 1, max: 2 ** 31 }),
  verifyingContract: address
})
const authorization: fc.Arbitrary<Authorization> = fc.record({
  from: address,
  to: address,
  value: uint,
  validAfter: uint,
  validBefore: uint,
  nonce: bytes(32).map(toHex)
})

describe('the signing backends', () => {
  it('give the same bytes, and each of them loads here', async () => {
    const backends = [loadNativeBackend(), await loadWasmBackend(), nobleBackend]
    expect(backends.map((backend) => backend?.name)).toEqual(['native', 'wasm', 'noble'])
    await fc.assert(
      fc.asyncProperty(bytes(32), key, async (hash, secret) => {
        const [first, ...others] = await Promise.all(backends.map((backend) => backend?.sign(hash, secret)))
        for (const other of others) {
          expect([toHex(other?.compact ?? hash), other?.recovery]).toEqual([
            toHex(first?.compact ?? hash),
            first?.recovery
          ])
        }
      }),
      { numRuns: 60 }
    )
  })
})

describe('Keccak-256', () => {
  it('is the same in WebAssembly as in JavaScript, over any bytes', async () => {
    const loaded = await loadKeccak()
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (input) => {
        expect(toHex(loaded(input))).toBe(viemKeccak(input))
      })
    )
  })

  it('moves to WebAssembly after so many hashes, once it is loaded, and not before', async () => {
    const loaded = await loadKeccak()
    let asked = 0
    let inWasm = 0
    const counting = (bytes: Uint8Array): Uint8Array => {
      inWasm++
      return loaded(bytes)
    }
    const keccak = createKeccak(async () => {
      asked++
      return counting
    }, 3)
    const input = Uint8Array.of(1, 2, 3)
    for (const expected of [0, 0, 1]) {
      expect(toHex(keccak(input))).toBe(viemKeccak(input))
      expect(asked).toBe(expected)
    }
    await new Promise(setImmediate)
    // Its sample has been hashed.
    expect(inWasm).toBe(1)
    expect(toHex(keccak(input))).toBe(viemKeccak(input))
    expect([asked, inWasm]).toEqual([1, 2])
  })

  it.each([
    ['does not load', async () => Promise.reject(new TypeError('no WebAssembly'))],
    ['hashes otherwise', async () => () => new Uint8Array(32)]
  ])('stays in JavaScript where WebAssembly %s', async (_, load) => {
    const keccak = createKeccak(load, 1)
    const input = Uint8Array.of(1, 2, 3)
    for (let time = 0; time < 3; time++) {
      expect(toHex(keccak(input))).toBe(viemKeccak(input))
      await new Promise(setImmediate)
    }
  })
})

describe('what is signed', () => {
  it("hashes as viem's typed data does", () => {
    fc.assert(
      fc.property(domain, authorization, (inDomain, message) => {
        const ours = toHex(authorizationHash(domainSeparator(inDomain), message))
        expect(ours).toBe(hashTypedData(typedDataOf({ domain: inDomain, authorization: message })))
      })
    )
  })

  it("is the very signature of viem's own account, and recovers to its address", async () => {
    await fc.assert(
      fc.asyncProperty(key, domain, authorization, async (secret, inDomain, message) => {
        const authorizer = createKeyAuthorizer(toHex(secret))
        const account = privateKeyToAccount(toHex(secret))
        const data = typedDataOf({ domain: inDomain, authorization: message })
        const signature = await authorizer.sign({ domain: inDomain, authorization: message })
        expect(await authorizer.address()).toBe(account.address)
        expect(signature).toBe(await account.signTypedData(data))
        expect(await recoverTypedDataAddress({ ...data, signature })).toBe(account.address)
      }),
      { numRuns: 40 }
    )
  })
})
