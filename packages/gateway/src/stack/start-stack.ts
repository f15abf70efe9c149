import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseUsdc, type RandomBytes, systemRandom } from '@bursar/core'
import type { BaseChain, BaseChainOptions } from '@bursar/localchain'
import type { SolanaChain, SolanaChainOptions } from '@bursar/localchain/solana'
import { type Gateway, startGateway } from '../gateway.js'
import type { GatewayOptions } from '../options.js'
import { devKeys, type StackEnv, stackEnv } from './stack-env.js'
import { baseWallet, solanaWallet, type TestWallet } from './test-wallet.js'

/** What a stack is made of. */
export interface StackOptions {
  /** `false` leaves Base out; options are those of `startBase`. */
  readonly base?: boolean | BaseChainOptions
  /** `false` leaves Solana out; options are those of `startSolana`. */
  readonly solana?: boolean | SolanaChainOptions
  readonly gateway?: Omit<GatewayOptions, 'base' | 'solana'>
  /** Decimal USDC in each wallet. Default `100`. */
  readonly funds?: string
  readonly random?: RandomBytes
}

/** Local chains, a gateway with every service that settles on them, and funded wallets. */
export interface Stack extends AsyncDisposable {
  readonly gateway: Gateway
  readonly base: BaseChain | undefined
  readonly solana: SolanaChain | undefined
  /** One for each chain that runs, with USDC and gas. */
  readonly wallets: { readonly base?: TestWallet; readonly solana?: TestWallet }
  /** What a program is started with to run against this stack: keys, endpoints, services, and a ledger of its own. */
  readonly env: StackEnv
  /** Ends everything, and waits until it is gone. May be called again. */
  stop(): Promise<void>
}

/**
 * Starts the whole local stack. Its accounts, keys and money are worth nothing elsewhere.
 *
 * @example
 * ```ts
 * await using stack = await startStack({ solana: false })
 * const bursar = createBursar({
 *   evm: stack.env.EVM_PRIVATE_KEY,
 *   limits: { payment: '0.25' },
 *   rpcUrls: { 'eip155:8453': stack.env.BURSAR_RPC_BASE }
 * })
 * ```
 * @throws {TypeError} when a chain cannot start; what has started by then is ended.
 */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const { funds = '100' } = options
  const fundsAtomic = parseUsdc(funds)
  const chains = await startChains(options)
  try {
    return await openStack(chains, options, fundsAtomic)
  } catch (error) {
    await stopAll(Object.values(chains))
    throw error
  }
}

interface Chains {
  readonly base: BaseChain | undefined
  readonly solana: SolanaChain | undefined
}

async function openStack(chains: Chains, options: StackOptions, fundsAtomic: bigint): Promise<Stack> {
  const { base, solana } = chains
  const { random = systemRandom } = options
  const gateway = await startGateway({
    katana: { accounts: [devKeys.katana] },
    relays: { accounts: [{ key: devKeys.relay }, { key: devKeys.tokenhub }] },
    random,
    ...options.gateway,
    ...(base ? { base } : {}),
    ...(solana ? { solana } : {})
  })
  const home = await mkdtemp(join(tmpdir(), 'bursar-stack-'))
  const stop = async (): Promise<void> => {
    await stopAll([gateway, base, solana])
    await rm(home, { recursive: true, force: true })
  }
  try {
    const [onBase, onSolana] = await Promise.all([
      base && baseWallet(base, fundsAtomic, random),
      solana && solanaWallet(solana, fundsAtomic, random)
    ])
    const wallets = { ...(onBase ? { base: onBase } : {}), ...(onSolana ? { solana: onSolana } : {}) }
    const env = stackEnv({ home, gatewayUrl: gateway.url, base, solana, wallets })
    return { gateway, base, solana, wallets, env, stop, [Symbol.asyncDispose]: stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Loaded when they are started: a stack on one chain needs nothing of the other. */
async function startChains({ base = true, solana = true }: StackOptions): Promise<Chains> {
  const starting = [
    base && import('@bursar/localchain').then(({ startBase }) => startBase(base === true ? {} : base)),
    solana &&
      import('@bursar/localchain/solana').then(({ startSolana }) =>
        startSolana(solana === true ? {} : solana)
      )
  ] as const
  const settled = await Promise.allSettled(starting)
  const failed = settled.find((each) => each.status === 'rejected')
  const [onBase, onSolana] = settled
  const chains = { base: startedOf(onBase), solana: startedOf(onSolana) }
  if (!failed) return chains
  await stopAll(Object.values(chains))
  throw failed.reason
}

function startedOf<Value>(settled: PromiseSettledResult<Value | false>): Value | undefined {
  return settled.status === 'fulfilled' && settled.value !== false ? settled.value : undefined
}

async function stopAll(parts: readonly ({ stop(): Promise<void> } | undefined)[]): Promise<void> {
  await Promise.all(parts.map((part) => part?.stop()))
}
