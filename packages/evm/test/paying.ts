import { BASE, type JsonObject, type Offer, type RegistryAdditions, systemClock, x402V2 } from '@bursar/core'
import { createRegistry } from '@bursar/core/registry'
import { parseChallenge } from '@bursar/core/wire'
import { createEvmPayer, type EvmAccount } from '../src/index.js'

export const KEY = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80'
export const ADDRESS = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266'
export const NOW_SECONDS = 1_800_000_000
export const clock = { ...systemClock, nowMs: () => NOW_SECONDS * 1000 }

export function offerOf(change: JsonObject = {}, known: RegistryAdditions = {}): Offer {
  const entry = {
    scheme: 'exact',
    network: BASE,
    amount: '10000',
    asset: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913',
    payTo: '0x1111111111111111111111111111111111111111',
    maxTimeoutSeconds: 60,
    extra: { name: 'USD Coin', version: '2' },
    ...change
  }
  const { offers, rejectedOffers } = parseChallenge(
    { x402Version: 2, accepts: [entry] },
    createRegistry(known)
  )
  if (!offers[0]) throw new TypeError(rejectedOffers[0]?.reason)
  return offers[0]
}

export async function sign(
  offer: Offer,
  options: { account?: EvmAccount; maxValiditySeconds?: number; dialect?: typeof x402V2 } = {}
) {
  const { account = KEY, maxValiditySeconds = 300, dialect = x402V2 } = options
  const rpcUrls = { [BASE]: 'http://127.0.0.1:1' }
  const prepared = await createEvmPayer({ account, clock, rpcUrls }).prepare(offer, {
    dialect,
    maxValiditySeconds
  })
  const payment = await prepared.sign()
  return { payment, authorization: payment.payload.authorization as JsonObject }
}

/** A wallet that counts its calls, and answers as the test says. */
export function wallet(signature: (data: never) => Promise<`0x${string}`>) {
  let asked = 0
  return {
    address: ADDRESS,
    signTypedData: (data: never) => {
      asked++
      return signature(data)
    },
    get asked() {
      return asked
    }
  } as const
}
