import { type Bursar, type BursarOptions, bursarErrorOf, createBursar } from 'bursar'
import { newWallet, paymentsOf, type Wallet, type World } from './world.js'

/** What a check is run with. */
export interface Run {
  readonly world: World
  readonly wallet: Wallet
  readonly bursar: Bursar
  /** Opens a ledger that is kept, the same each time. Absent where nothing is. */
  readonly keptLedger: KeptLedger | undefined
}

/** Opens the ledger that outlives the program; `undefined` is the default one. */
export type KeptLedger = () => BursarOptions['ledger']

/** One thing that is promised of a runtime, by the words of README's table. */
export interface Check {
  readonly feature: string
  /** Where it is said: statements of people. */
  readonly statements: string
  readonly needsFiles?: boolean
  readonly needsKeptLedger?: boolean
  run(run: Run): Promise<void>
}

/** What came of a check: an empty text when it passed. */
export type Results = Readonly<Record<string, string>>

/** Runs every check that the runtime can have, one after the other, each with a wallet of its own. */
export async function runChecks(
  world: World,
  checks: readonly Check[],
  keptLedger?: KeptLedger
): Promise<Results> {
  const results: Record<string, string> = {}
  for (const { feature, needsFiles = false, needsKeptLedger = false, run } of checks) {
    if ((needsFiles && !world.hasFiles) || (needsKeptLedger && !keptLedger)) continue
    const wallet = await newWallet(world)
    const bursar = open({ world, wallet })
    try {
      await run({ world, wallet, bursar, keptLedger })
      results[feature] = ''
    } catch (error) {
      results[feature] = describe(error)
    } finally {
      await bursar.close()
    }
  }
  return results
}

/** A bursar that pays from a wallet, on Base where a server takes both. */
export function open(
  { world, wallet }: Pick<Run, 'world' | 'wallet'>,
  options: Partial<BursarOptions> = {}
): Bursar {
  const { evm, solana } = wallet
  const { rpcUrls } = world
  return createBursar({ evm, solana, rpcUrls, limits: { payment: '1.50' }, ledger: 'memory', ...options })
}

/** @throws {TypeError} when two texts, numbers or flags differ. */
export function same(what: string, found: unknown, wanted: string | number | boolean | undefined): void {
  if (found !== wanted) throw new TypeError(`${what} is ${String(found)}, and should be ${String(wanted)}`)
}

/** What the chains have to have settled: `Base`, `Base Solana`, or nothing. */
export async function settled({ world, wallet }: Run, chains: string): Promise<void> {
  same('what settled', await paymentsOf(world, wallet), chains)
}

/** Holds that a promise fails with a code, and nothing was paid. @throws {TypeError} when it does not, with its error as cause. */
export async function failsUnpaid(promise: Promise<unknown>, code: string): Promise<void> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown
  )
  const found = bursarErrorOf(error)
  if (found?.code === code && found.moneyState === 'none') return
  throw new TypeError(`it should have failed with ${code}, and nothing paid`, { cause: error })
}

/** An error and its causes in one text, never empty. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return `threw ${String(error)}`
  const { cause } = error
  const also =
    cause === undefined ? '' : ` <- ${cause instanceof Error ? describe(cause) : JSON.stringify(cause)}`
  return `${error.name}: ${error.message}${also}`
}
