import { createPrivateKey, sign } from 'node:crypto'
import { createRequire } from 'node:module'
import { Agent, request } from 'undici'
import type { BenchClient } from './clients.js'

interface NativeSecp256k1 {
  ecdsaSign(hash: Uint8Array, key: Uint8Array): { signature: Uint8Array; recid: number }
}

/** What no client can pass on Base: two undici requests and one native secp256k1 signature. */
export function baseFloor(): BenchClient {
  const native: NativeSecp256k1 = createRequire(import.meta.url)('secp256k1')
  const [hash, key] = [new Uint8Array(32).fill(7), new Uint8Array(32).fill(9)]
  return floorOf(() => native.ecdsaSign(hash, key))
}

/** What no client can pass on Solana: two undici requests and one Ed25519 signature of OpenSSL's. */
export function solanaFloor(): BenchClient {
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, 7)])
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
  const message = Buffer.alloc(400, 5)
  return floorOf(() => sign(null, message, key))
}

function floorOf(signOnce: () => void): BenchClient {
  const dispatcher = new Agent({ keepAliveTimeout: 60_000 })
  const payment = 'x'.repeat(900)
  return {
    name: 'floor',
    async call(url) {
      const unpaid = await request(url, { dispatcher })
      await unpaid.body.dump()
      signOnce()
      await new Promise((resolve) => setImmediate(resolve))
      const paid = await request(url, { dispatcher, headers: { 'PAYMENT-SIGNATURE': payment } })
      await paid.body.json()
    }
  }
}
