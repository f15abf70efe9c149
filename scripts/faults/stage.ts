import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Ledger } from '@bursar/core'
import { type Gateway, startGateway } from '@bursar/gateway'
import { postgresLedger } from '@bursar/ledger/postgres'
import { sqliteLedger } from '@bursar/ledger/sqlite'
import { type BaseChain, startBase } from '@bursar/localchain'
import { type SolanaChain, startSolana } from '@bursar/localchain/solana'
import { Keypair } from '@solana/web3.js'
import { privateKeyToAccount } from 'viem/accounts'
import { type LocalPostgres, startPostgres } from '../../packages/ledger/test/local-postgres.js'

/** Which store keeps the ledger. */
export type StoreName = 'sqlite' | 'postgres'

/** The file of a ledger, or its database. */
export type LedgerPlace =
  | { readonly path: string; readonly url?: never }
  | { readonly url: string; readonly path?: never }

/** Who pays, whom, on which chains, and with what ledger. */
export interface Stage {
  readonly base: BaseChain
  readonly solana: SolanaChain
  readonly gateway: Gateway
  readonly evmKey: `0x${string}`
  readonly evmAddress: `0x${string}`
  readonly keypair: Keypair
  readonly ledger: LedgerPlace
  /** Where the ledger is PostgreSQL's. */
  readonly postgres: LocalPostgres | undefined
  /** A folder that is removed with the stage. */
  readonly folder: string
  /** A connection of one's own. */
  openLedger(): Ledger
  stop(): Promise<void>
}

export const SLOT_TIME_MS = 100
export const SOLANA = 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp'

/** Starts both chains, a server, and a ledger with a funded wallet. */
export async function startStage(store: StoreName): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-faults-'))
  const [base, solana] = [await startBase(), await startSolana({ slotTimeMs: SLOT_TIME_MS })]
  const gateway = await startGateway({ base, solana })
  const postgres = store === 'postgres' ? await startPostgres() : undefined
  const ledger = postgres ? { url: await postgres.newDatabase() } : { path: join(folder, 'ledger.db') }
  const keypair = Keypair.generate()
  const evmKey = `0x${Buffer.from(Keypair.generate().secretKey.slice(0, 32)).toString('hex')}` as const
  const evmAddress = privateKeyToAccount(evmKey).address
  await base.mint(evmAddress, 1_000_000_000n)
  await solana.mint(keypair.publicKey.toBase58(), 1_000_000_000n)
  return {
    ...{ base, solana, gateway, evmKey, evmAddress, keypair, ledger, postgres, folder },
    openLedger: () => (ledger.url === undefined ? sqliteLedger(ledger) : postgresLedger(ledger)),
    async stop() {
      await gateway.stop()
      await Promise.all([base.stop(), solana.stop(), postgres?.stop()])
      rmSync(folder, { recursive: true, force: true })
    }
  }
}
