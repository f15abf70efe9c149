import { sqliteLedger } from '@bursar/ledger/sqlite'
import { ExactEvmScheme } from '@x402/evm'
import { wrapFetchWithPaymentFromConfig } from '@x402/fetch'
import { createBursar } from 'bursar'
import { privateKeyToAccount } from 'viem/accounts'
import { EVM_KEY } from './keys.js'

const SOLANA_SEED = new Uint8Array(32).fill(7)
const SOLANA = 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp'

/** One way to make a paid call to its end. */
export interface BenchClient {
  readonly name: string
  call(url: string): Promise<void>
  close?(): Promise<void>
}

/** A client that can also send a body. */
export interface SendingClient extends BenchClient {
  send(url: string, body: Uint8Array<ArrayBuffer>): Promise<void>
}

/** Bursar on Base with its ledger in a file, each payment on the disk before it is sent. */
export function durableClient(path: string): BenchClient {
  const limits = { payment: '0.05', day: '1000000' }
  const bursar = createBursar({ evm: EVM_KEY, limits, ledger: sqliteLedger({ path }) })
  return { ...overFetch('durable', bursar.fetch), close: () => bursar.close() }
}

/** Bursar as a user would set it up, on Base or on Solana with its node, but for the ledger: in memory. */
export function bursarClient(solanaRpcUrl?: string): SendingClient {
  const account =
    solanaRpcUrl === undefined
      ? { evm: EVM_KEY }
      : { solana: SOLANA_SEED, rpcUrls: { [SOLANA]: solanaRpcUrl } }
  const limits = { payment: '0.05', day: '1000000' }
  return overFetch('bursar', createBursar({ ...account, limits, ledger: 'memory' }).fetch)
}

/** Bursar on Base, which pays with the first request what was asked before. */
export function rememberingClient(): BenchClient {
  const limits = { payment: '0.05', day: '1000000' }
  const bursar = createBursar({ evm: EVM_KEY, limits, ledger: 'memory', offers: 'remember' })
  return overFetch('remembering', bursar.fetch)
}

/** The official client, on Base or on Solana with its node. */
export async function officialClient(solanaRpcUrl?: string): Promise<SendingClient> {
  const scheme =
    solanaRpcUrl === undefined
      ? ({ network: 'eip155:8453', client: new ExactEvmScheme(privateKeyToAccount(EVM_KEY)) } as const)
      : await officialSolana(solanaRpcUrl)
  return overFetch('official', wrapFetchWithPaymentFromConfig(fetch, { schemes: [scheme] }))
}

async function officialSolana(rpcUrl: string) {
  // Loaded for these rows alone: the others measure memory.
  const { createKeyPairSignerFromPrivateKeyBytes } = await import('@solana/kit')
  const { ExactSvmScheme } = await import('@x402/svm')
  const signer = await createKeyPairSignerFromPrivateKeyBytes(SOLANA_SEED)
  return { network: SOLANA, client: new ExactSvmScheme(signer, { rpcUrl }) } as const
}

function overFetch(name: string, pay: (url: string, init?: RequestInit) => Promise<Response>): SendingClient {
  return {
    name,
    call: async (url) => void (await (await pay(url)).json()),
    send: async (url, body) => void (await (await pay(url, { method: 'POST', body })).json())
  }
}
