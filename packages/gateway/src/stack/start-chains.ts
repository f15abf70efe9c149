import type { BaseChain, BaseChainOptions } from '@bursar/localchain'
import type { SolanaChain, SolanaChainOptions } from '@bursar/localchain/solana'

/** Which chains to start, and how. */
export interface ChainsOptions {
  /**
   * Whether Base runs, or the options of `startBase`. Default: true.
   *
   * @example { base: { blockTimeSeconds: 2 } }
   */
  readonly base?: boolean | BaseChainOptions
  /**
   * Whether Solana runs, or the options of `startSolana`. Default: true.
   *
   * @example { solana: false }
   */
  readonly solana?: boolean | SolanaChainOptions
  /**
   * `testnet` makes the chains Base Sepolia and Solana's devnet, each with its USDC. Default: Base and mainnet.
   *
   * @example { networks: 'testnet' }
   */
  readonly networks?: 'testnet'
}

/** The chains that run. */
export interface Chains {
  readonly base: BaseChain | undefined
  readonly solana: SolanaChain | undefined
}

const BASE_SEPOLIA_CHAIN_ID = 84_532

/** Starts both chains at once. When one fails, the other is ended. */
export async function startChains({ base = true, solana = true, networks }: ChainsOptions): Promise<Chains> {
  const isTest = networks === 'testnet'
  const [onBase, onSolana] = await Promise.allSettled([
    startBase(base, isTest ? { chainId: BASE_SEPOLIA_CHAIN_ID } : {}),
    startSolana(solana, isTest ? { network: 'devnet' } : {})
  ])
  const chains = { base: startedOf(onBase), solana: startedOf(onSolana) }
  const failed = [onBase, onSolana].find((each) => each.status === 'rejected')
  if (!failed) return chains
  await stopAll(Object.values(chains))
  throw failed.reason
}

/** Stops everything that was started. */
export async function stopAll(parts: readonly ({ stop(): Promise<void> } | undefined)[]): Promise<void> {
  await Promise.all(parts.map((part) => part?.stop()))
}

// Each chain is imported when it is started: a stack on one chain needs nothing of the other.

async function startBase(
  options: boolean | BaseChainOptions,
  defaults: BaseChainOptions
): Promise<BaseChain | undefined> {
  if (options === false) return undefined
  const { startBase } = await import('@bursar/localchain')
  return startBase(options === true ? defaults : { ...defaults, ...options })
}

async function startSolana(
  options: boolean | SolanaChainOptions,
  defaults: SolanaChainOptions
): Promise<SolanaChain | undefined> {
  if (options === false) return undefined
  const { startSolana } = await import('@bursar/localchain/solana')
  return startSolana(options === true ? defaults : { ...defaults, ...options })
}

function startedOf<Value>(settled: PromiseSettledResult<Value>): Value | undefined {
  return settled.status === 'fulfilled' ? settled.value : undefined
}
