import { randomBytes } from 'node:crypto'
import { SOLANA_MAINNET } from '@bursar/core'
import { type Gateway, startGateway } from '@bursar/gateway'
import { type SolanaChain, startSolana } from '@bursar/localchain/solana'
import { createSolanaPayer, type SolanaPayer } from '@bursar/solana'
import { Keypair } from '@solana/web3.js'
import { type Bursar, type BursarOptions, createBursar } from 'bursar'
import { afterAll, beforeAll } from 'vitest'

/** A Solana with fast blocks, and a gateway on it. */
export interface SolanaStack {
  readonly solana: SolanaChain
  readonly gateway: Gateway
}

/** Starts the stack before a file's tests and stops it after. Read its members inside tests only. */
export function useSolanaStack(slotTimeMs = 50): SolanaStack {
  let running: SolanaStack | undefined
  beforeAll(async () => {
    const solana = await startSolana({ slotTimeMs })
    running = { solana, gateway: await startGateway({ solana }) }
  })
  afterAll(async () => {
    await running?.gateway.stop()
    await running?.solana.stop()
  })
  const started = (): SolanaStack => {
    if (!running) throw new TypeError('The stack is not running yet')
    return running
  }
  return {
    get solana() {
      return started().solana
    },
    get gateway() {
      return started().gateway
    }
  }
}

/** A wallet with USDC on Solana. */
export interface SolanaWallet {
  readonly keypair: Keypair
  readonly address: string
  readonly payer: SolanaPayer
  readonly bursar: Bursar
}

/** Funds a new wallet. `fundsAtomic`: `1_000_000n = 1 USDC`. */
export async function fundSolanaWallet(
  { solana }: Pick<SolanaStack, 'solana'>,
  options: Partial<BursarOptions> = {},
  fundsAtomic = 10_000_000n
): Promise<SolanaWallet> {
  const keypair = Keypair.fromSeed(randomBytes(32))
  const address = keypair.publicKey.toBase58()
  await solana.mint(address, fundsAtomic)
  const { rpcUrl, slotTimeMs } = solana
  const payer = createSolanaPayer({ account: keypair, rpcUrls: { [SOLANA_MAINNET]: rpcUrl }, slotTimeMs })
  const bursar = createBursar({
    payers: [payer],
    limits: { payment: '0.25', total: '5' },
    ledger: 'memory',
    resend: { times: 2, backoffMs: 5 },
    ...options
  })
  return { keypair, address, payer, bursar }
}
