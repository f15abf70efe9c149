import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { privateKeyToAccount } from 'viem/accounts'
import { type PayerOptions, PayingProgram } from './paying-program.js'
import type { LedgerPlace, Stage } from './stage.js'

/** What one scenario plays on: a wallet and a ledger of its own, on a stage that all share. */
export interface Scene {
  readonly stage: Stage
  /** Of the wallet. */
  readonly evmKey: `0x${string}`
  /** A new folder. */
  newFolder(): string
  /** A ledger in a new file. */
  newFile(): LedgerPlace
  /** An empty database, and its URL. */
  newDatabase(): Promise<string>
  /** Starts a program that pays from the scene's wallet. Default limits: far above what it spends. */
  start(ledger: LedgerPlace, options?: Partial<PayerOptions>): PayingProgram
  /** How many payments of the wallet the chain has. */
  settled(): Promise<number>
  /** Ends every program that was started. */
  end(): Promise<void>
}

/** Something that can go wrong, and what must hold all the same. */
export interface Scenario {
  readonly name: string
  /** Plays it. @returns what was seen. @throws {AssertionError} when what must hold does not. */
  play(scene: Scene): Promise<string>
}

const limits = { payment: '1', total: '100' }

/** Sets a scene. */
export async function setScene(stage: Stage): Promise<Scene> {
  const evmKey = `0x${randomBytes(32).toString('hex')}` as const
  const { address } = privateKeyToAccount(evmKey)
  await stage.base.mint(address, 100_000_000n)
  const programs: PayingProgram[] = []
  const newFolder = (): string => mkdtempSync(join(stage.folder, 'scene-'))
  return {
    stage,
    evmKey,
    newFolder,
    newFile: () => ({ path: join(newFolder(), 'ledger.db') }),
    async newDatabase() {
      if (!stage.postgres) throw new TypeError('The stage has no PostgreSQL')
      return stage.postgres.newDatabase()
    },
    start(ledger, options = {}) {
      const payer = new PayingProgram(stage, { ledger, evmKey, limits, ...options })
      programs.push(payer)
      return payer
    },
    settled: async () => (await stage.base.authorizationsUsed(address)).length,
    async end() {
      await Promise.all(programs.map((payer) => payer.kill()))
    }
  }
}
