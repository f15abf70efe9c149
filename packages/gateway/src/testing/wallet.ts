import type { JsonObject } from '@bursar/core'
import type { Gateway } from '../gateway.js'
import { encode, firstOffer, type Payer } from './payer.js'
import { walletProof } from './wallet-proof.js'

/** Sends JSON, or asks when there is none. */
export function call(
  gateway: Gateway,
  path: string,
  body?: JsonObject,
  headers: Record<string, string> = {}
): Promise<Response> {
  return fetch(`${gateway.url}${path}`, {
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    headers: { 'Content-Type': 'application/json', ...headers }
  })
}

/** Asks the price, pays it on Base, and sends the same again. */
export async function buy(
  gateway: Gateway,
  payer: Payer,
  path: string,
  body: JsonObject,
  headers: Record<string, string> = {}
): Promise<Response> {
  const accepted = firstOffer(await call(gateway, path, body))
  const payload = await payer.authorize(accepted, { times: 'numbers' })
  const payment = encode({ x402Version: 2, accepted, payload })
  return call(gateway, path, body, { 'PAYMENT-SIGNATURE': payment, ...headers })
}

/** Puts USDC on a wallet's balance, and returns the gateway's answer. */
export async function topUp(gateway: Gateway, payer: Payer, amount: string): Promise<JsonObject> {
  const response = await buy(gateway, payer, '/v1/x402/top-up', { amount_usdc: amount })
  return (await response.json()) as JsonObject
}

/** The header that proves a wallet. */
export async function proofHeader(payer: Pick<Payer, 'key'>): Promise<Record<string, string>> {
  return { 'X-Sign-In-With-X': await walletProof(payer.key) }
}

/** What a wallet has with the gateway, as decimal USDC. */
export async function balanceOf(gateway: Gateway, payer: Payer): Promise<string> {
  const response = await call(
    gateway,
    `/v1/x402/balance/${payer.address}`,
    undefined,
    await proofHeader(payer)
  )
  return ((await response.json()) as { balance_usdc: string }).balance_usdc
}
