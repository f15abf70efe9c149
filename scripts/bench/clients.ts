import { createRequire } from 'node:module'
import { ExactEvmScheme } from '@x402/evm'
import { wrapFetchWithPaymentFromConfig } from '@x402/fetch'
import { createBursar } from 'bursar'
import { Agent, request } from 'undici'
import { privateKeyToAccount } from 'viem/accounts'

/** Anvil's first development key; worth nothing anywhere. */
const KEY = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80'

/** One way to make a paid call to its end. */
export interface BenchClient {
  readonly name: string
  call(url: string): Promise<void>
}

/** A client that can also send a body. */
export interface SendingClient extends BenchClient {
  send(url: string, body: Uint8Array<ArrayBuffer>): Promise<void>
}

/** Bursar as a user would set it up. */
export function bursarClient(): SendingClient {
  const bursar = createBursar({ evm: KEY, limits: { payment: '0.05', day: '1000000' }, ledger: 'memory' })
  return overFetch('bursar', bursar.fetch)
}

/** The official client. */
export function officialClient(): SendingClient {
  const pay = wrapFetchWithPaymentFromConfig(fetch, {
    schemes: [{ network: 'eip155:8453', client: new ExactEvmScheme(privateKeyToAccount(KEY)) }]
  })
  return overFetch('@x402/fetch', pay)
}

function overFetch(name: string, pay: (url: string, init?: RequestInit) => Promise<Response>): SendingClient {
  return {
    name,
    call: async (url) => void (await (await pay(url)).json()),
    send: async (url, body) => void (await (await pay(url, { method: 'POST', body })).json())
  }
}

interface NativeSecp256k1 {
  ecdsaSign(hash: Uint8Array, key: Uint8Array): { signature: Uint8Array; recid: number }
}

/** What no client can pass: two undici requests and one native signature. */
export function floorClient(): BenchClient {
  const native: NativeSecp256k1 = createRequire(import.meta.url)('secp256k1')
  const dispatcher = new Agent({ keepAliveTimeout: 60_000 })
  const hash = new Uint8Array(32).fill(7)
  const key = Buffer.from(KEY.slice(2), 'hex')
  const payment = 'x'.repeat(900)
  return {
    name: 'floor',
    async call(url) {
      const unpaid = await request(url, { dispatcher })
      await unpaid.body.dump()
      native.ecdsaSign(hash, key)
      await new Promise((resolve) => setImmediate(resolve))
      const paid = await request(url, { dispatcher, headers: { 'PAYMENT-SIGNATURE': payment } })
      await paid.body.json()
    }
  }
}
