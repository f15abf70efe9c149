import type { SettlementStatus, SignedPayment } from '@bursar/core'
import { createPublicClient, http, type PublicClient } from 'viem'
import type { Address } from '../account/evm-account.js'
import { readAuthorizationState, readFate } from './authorization-fate.js'
import { readTokenBalance } from './token-balance.js'

/** What a payer asks of a chain. */
export interface Questions {
  /** For what else there is to ask. */
  readonly client: PublicClient
  fate(payment: SignedPayment, nowMs: number): Promise<SettlementStatus>
  authorizationState(token: string, payer: Address, nonce: string): Promise<boolean>
  tokenBalance(token: string, owner: Address): Promise<bigint>
  gasBalance(owner: Address): Promise<bigint>
  timeSeconds(): Promise<number>
}

/** Connects. An endpoint of another chain would call every payment unpaid; it is as good as none. */
export async function connect(url: string, chainId: number, timeoutMs: number): Promise<Questions> {
  const client = createPublicClient({
    transport: http(url, { timeout: timeoutMs, retryCount: 1 }),
    cacheTime: 0
  })
  if ((await client.getChainId()) !== chainId) throw new TypeError('The endpoint serves another chain')
  return {
    client,
    fate: (payment, nowMs) => readFate(client, payment, nowMs),
    authorizationState: (token, payer, nonce) => readAuthorizationState(client, token, payer, nonce),
    tokenBalance: (token, owner) => readTokenBalance(client, token, owner),
    gasBalance: (address) => client.getBalance({ address }),
    timeSeconds: async () => Number((await client.getBlock()).timestamp)
  }
}
