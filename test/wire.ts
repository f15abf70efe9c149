import { randomBytes } from 'node:crypto'
import { BASE, SOLANA_MAINNET } from '@bursar/core'
import { type Gateway, startGateway } from '@bursar/gateway'
import { type SolanaChain, startSolana } from '@bursar/localchain/solana'
import { Keypair } from '@solana/web3.js'
import { createBursar } from 'bursar'
import { createKatana, type KatanaOptions } from 'bursar/katana'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { beforeAll, onTestFinished } from 'vitest'
import { type Stack, useStack } from './stack.js'

/** One request and its answer, as they went over the wire. */
interface Leg {
  readonly url: string
  readonly method: string
  readonly headers: Headers
  readonly body: string
  readonly status: number
  readonly answer: Headers
}

/** A challenge of Katana's, decoded. */
export interface Challenge {
  readonly x402Version: number
  readonly accepts: readonly (Record<string, unknown> & {
    readonly network: string
    readonly amount: string
  })[]
}

/** Decodes a header of base64 and JSON. */
export function decode<Shape>(header: string | null | undefined): Shape {
  return JSON.parse(Buffer.from(header ?? '', 'base64').toString('utf8'))
}

export const mug = { model: 'gen', prompt: 'A mug', aspectRatio: '1:1' } as const
export const chat = {
  model: 'claude-haiku-4-5',
  messages: [{ role: 'user', content: 'Hi' }],
  max_tokens: 16
} as const

/** Both chains, and a gateway on them whose payee on Solana has no token account yet. */
export function useWire() {
  const stack = useStack()
  let solana: SolanaChain
  let gateway: Gateway
  beforeAll(async () => {
    solana = await startSolana()
    const accounts = [
      { key: 'key', secret: 'secret', credits: '9' },
      { key: 'rich', secret: 'secret', credits: '100' }
    ]
    const onSolana = { ...solana, tokenAccount: 'missing' } as const
    gateway = await startGateway({ base: stack.chain, solana: onSolana, katana: { accounts } })
    return async () => {
      await gateway.stop()
      await solana.stop()
    }
  })
  return {
    stack,
    get gateway() {
      return gateway
    },
    /** Another gateway on Solana, whose payee has no token account yet, and whose quotes hold the rent of one. */
    startBareGateway: () =>
      startGateway({ solana: { ...solana, tokenAccount: 'missing' }, katana: { solanaGasUsd: '0.302734' } }),
    /** `only`: the chain on which the client has an account. Default: both. */
    newClient: (setup: KatanaOptions = {}, only?: 'solana') =>
      newClient({ stack, solana, gateway }, setup, only)
  }
}

/** A client with accounts on both chains, whose every request is written down. */
async function newClient(
  {
    stack,
    solana,
    gateway
  }: { readonly stack: Stack; readonly solana: SolanaChain; readonly gateway: Gateway },
  setup: KatanaOptions,
  only?: 'solana'
) {
  const key = generatePrivateKey()
  const keypair = Keypair.fromSeed(randomBytes(32))
  const { address } = privateKeyToAccount(key)
  await stack.chain.mint(address, 10_000_000n)
  await solana.mint(keypair.publicKey.toBase58(), 10_000_000n)
  const legs: Leg[] = []
  const tap = tapInto(legs)
  const bursar = createBursar({
    ...(only === 'solana' ? {} : { evm: key }),
    solana: keypair,
    limits: { payment: '2', total: '9' },
    ledger: 'memory',
    rpcUrls: { [BASE]: stack.chain.rpcUrl, [SOLANA_MAINNET]: solana.rpcUrl },
    fetch: tap
  })
  onTestFinished(() => bursar.close())
  const katana = createKatana(bursar, { baseUrl: gateway.url, plainFetch: tap, ...setup })
  const post = (body: object, path = '/v1/generation-requests?wait=false') =>
    bursar.fetch(gateway.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body)
    })
  return { address, keypair, bursar, katana, legs, post }
}

/** A fetch that writes down what goes through it. */
function tapInto(legs: Leg[]) {
  return async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const request = new Request(input, init)
    const body = await request.clone().text()
    const response = await fetch(request)
    const { url, method, headers } = request
    legs.push({ url, method, headers, body, status: response.status, answer: response.headers })
    return response
  }
}
