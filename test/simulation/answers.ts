import { encodeHeader } from '@bursar/core'
import type { CallMark } from './call-mark.js'
import type { Intent } from './intent.js'

/** Where payments are made in one family of chains. */
const places = {
  eip155: {
    network: 'eip155:8453',
    asset: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913',
    payees: ['0x1111111111111111111111111111111111111111', '0x3333333333333333333333333333333333333333'],
    wallets: ['0x2222222222222222222222222222222222222222', '0x4444444444444444444444444444444444444444']
  },
  solana: {
    network: 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp',
    asset: 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v',
    payees: ['11111111111111111111111111111112', '11111111111111111111111111111113'],
    wallets: ['11111111111111111111111111111114', '11111111111111111111111111111115']
  }
} as const

export type Family = keyof typeof places

/** The address of a wallet. */
export function walletAddress(family: Family, wallet: number): string {
  const address = places[family].wallets[wallet]
  if (address === undefined) throw new TypeError(`There is no wallet ${wallet}`)
  return address
}

/** The address of a seller. */
export function payeeAddress(family: Family, payee: 0 | 1): string {
  return places[family].payees[payee]
}

/** What a server asks for. */
export interface Price {
  readonly family: Family
  readonly intent: Intent
  readonly mark: CallMark
  readonly amountAtomic: bigint
  readonly maxTimeoutSeconds: number
  /** Which of its addresses is paid. */
  readonly payee: 0 | 1
  /** What it says why. */
  readonly error: string
}

/** A 402 that asks for a price. The offer says which call it is for, so that what is echoed differs from call to call. */
export function challenge({ family, intent, mark, ...price }: Price): Response {
  const { network, asset, payees } = places[family]
  const { amountAtomic, maxTimeoutSeconds, payee, error } = price
  const domain = family === 'eip155' ? { name: 'USD Coin', version: '2' } : { feePayer: payees[0] }
  const offer = {
    scheme: 'exact',
    network,
    amount: String(amountAtomic),
    asset,
    payTo: payees[payee],
    maxTimeoutSeconds,
    extra: { ...domain, mark: { intent: mark.intent, call: mark.call } }
  }
  const resource = { url: `${intent.origin}/buy` }
  const required = { x402Version: 2, error, resource, accepts: [offer] }
  return new Response(null, { status: 402, headers: { 'payment-required': encodeHeader(required) } })
}

/** What a server says of a settlement. */
export function receipt(family: Family, reference: string): Record<string, string> {
  const { network } = places[family]
  return {
    'payment-response': encodeHeader({ success: true, transaction: `tx-${reference}`, network })
  }
}

/** An answer whose body breaks off. */
export function brokenAnswer(headers: Record<string, string>): Response {
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode('here')),
    pull: (controller) => controller.error(new TypeError('terminated'))
  })
  return new Response(body, { headers })
}
