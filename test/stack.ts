import { type Gateway, startGateway } from '@bursar/gateway'
import { type BaseChain, startBase } from '@bursar/localchain'
import { type Bursar, type BursarOptions, createBursar } from 'bursar'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll } from 'vitest'

/** The chain and the gateway that the tests of one file share. */
export interface Stack {
  readonly chain: BaseChain
  readonly gateway: Gateway
}

/** Starts the stack before a file's tests and stops it after. Read its members inside tests only. */
export function useStack(): Stack {
  let chain: BaseChain | undefined
  let gateway: Gateway | undefined
  beforeAll(async () => {
    chain = await startBase()
    gateway = await startGateway({ base: chain })
  })
  afterAll(async () => {
    await gateway?.stop()
    await chain?.stop()
  })
  const running = <Part>(part: Part | undefined): Part => {
    if (part === undefined) throw new TypeError('The stack is not running yet')
    return part
  }
  return {
    get chain() {
      return running(chain)
    },
    get gateway() {
      return running(gateway)
    }
  }
}

/** A wallet with USDC on the chain, and a bursar that pays from it. */
export interface Wallet {
  readonly key: `0x${string}`
  readonly address: `0x${string}`
  readonly bursar: Bursar
}

/** Funds a new wallet. `fundsAtomic`: `1_000_000n = 1 USDC`. */
export async function fundWallet(
  { chain }: Pick<Stack, 'chain'>,
  options: Partial<BursarOptions> = {},
  fundsAtomic = 10_000_000n
): Promise<Wallet> {
  const key = generatePrivateKey()
  const { address } = privateKeyToAccount(key)
  await chain.mint(address, fundsAtomic)
  const bursar = createBursar({
    evm: key,
    limits: { payment: '0.25', total: '5' },
    ledger: 'memory',
    rpcUrls: { 'eip155:8453': chain.rpcUrl },
    resend: { times: 2, backoffMs: 5 },
    ...options
  })
  return { key, address, bursar }
}

/** A Katana image request, distinguished by its prompt. */
export function imageRequest(prompt: string, headers: Record<string, string> = {}): RequestInit {
  const item = { type: 'image', model: 'gen', prompt, aspect_ratio: '1:1', output_format: 'png' }
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ requests: [item] })
  }
}

/** Katana's endpoint for images. */
export function imageUrl({ gateway }: Pick<Stack, 'gateway'>): string {
  return `${gateway.url}/v1/generation-requests?wait=false`
}
