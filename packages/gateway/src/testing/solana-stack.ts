import type { JsonObject } from '@bursar/core'
import { type SolanaChain, startSolana } from '@bursar/localchain/solana'
import { afterAll, beforeAll } from 'vitest'
import type { Gateway } from '../gateway.js'
import { startGateway } from '../start-gateway.js'
import { challengeOf, encode } from './payer.js'
import { fundSolanaWallet, type SolanaWallet, type TransactionChanges } from './solana-payer.js'

/** How long a slot of the chain takes. */
export const SLOT_TIME_MS = 50

const routes = {
  standard: { path: '/standard/v2/report', init: {} },
  katana: {
    path: '/v1/chat/completions',
    init: {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ model: 'claude-haiku-4-5', messages: [{ role: 'user', content: 'Hi' }] })
    }
  }
} as const

/** Whose rules a request is sold by. */
export type Dialect = keyof typeof routes

/** A gateway that sells on a Solana chain of its own, and a wallet. Read its members inside tests only. */
export interface SolanaStack {
  readonly chain: SolanaChain
  readonly gateway: Gateway
  readonly wallet: SolanaWallet
  /** What has been paid to the gateway, in atomic USDC. */
  taken(): Promise<bigint>
}

/** Starts chain, gateway and wallet before a file's tests, and stops them after. */
export function useSolanaStack(): SolanaStack {
  let running: Omit<SolanaStack, 'taken'> | undefined
  beforeAll(async () => {
    const chain = await startSolana({ slotTimeMs: SLOT_TIME_MS })
    running = {
      chain,
      gateway: await startGateway({ solana: chain }),
      wallet: await fundSolanaWallet(chain)
    }
  })
  afterAll(async () => {
    await running?.gateway.stop()
    await running?.chain.stop()
  })
  const started = () => {
    if (!running) throw new TypeError('The chain is not running yet')
    return running
  }
  return {
    get chain() {
      return started().chain
    },
    get gateway() {
      return started().gateway
    },
    get wallet() {
      return started().wallet
    },
    taken: () => started().chain.balanceOf(started().gateway.payTo.solana)
  }
}

/** Sends the request that is sold, with a payment or without. */
export function ask(gateway: Gateway, dialect: Dialect, payment?: string): Promise<Response> {
  const { path, init } = routes[dialect]
  const headers = {
    ...('headers' in init ? init.headers : {}),
    ...(payment && { 'PAYMENT-SIGNATURE': payment })
  }
  return fetch(`${gateway.url}${path}`, { ...init, headers })
}

/** The offer of Solana, which is the last. */
export async function offerOf(gateway: Gateway, dialect: Dialect): Promise<JsonObject> {
  const offer = challengeOf(await ask(gateway, dialect)).accepts.at(-1)
  if (!offer) throw new TypeError('Nothing is offered')
  return offer
}

/** A payment header for what is asked, with what the test changes. */
export async function headerFor(
  { gateway, wallet }: Pick<SolanaStack, 'gateway' | 'wallet'>,
  dialect: Dialect,
  changes: TransactionChanges = {}
): Promise<string> {
  const accepted = await offerOf(gateway, dialect)
  return encode({ x402Version: 2, accepted, payload: await wallet.pay(accepted, changes) })
}
