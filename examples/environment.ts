import type { StackEnv } from '@bursar/gateway'
import type { BursarOptions } from 'bursar'

/** What the examples pay with, and where. Your own program gives its keys to `createBursar`, and leaves the URLs out. */
export interface Environment extends AsyncDisposable {
  /** Keys, and the endpoints of the chains: a part of the options of `createBursar`. */
  readonly wallet: Pick<BursarOptions, 'evm' | 'solana' | 'rpcUrls'>
  /** A service for images and text. */
  readonly katanaUrl: string
  /** Sells a report for 0.01 USDC. */
  readonly reportUrl: string
  /** Settles what a server of your own is paid. */
  readonly facilitatorUrl: string
}

/** The chain that an example pays on. */
type ChainName = 'base' | 'solana'

const keyOf = { base: 'EVM_PRIVATE_KEY', solana: 'SVM_PRIVATE_KEY' } as const

/**
 * Reads the environment that `bursar dev` and the test kit set. Where there is none, starts local chains, services and a
 * funded wallet, sets it, and stops them when disposed of.
 */
export async function openEnvironment(chain: ChainName = 'base'): Promise<Environment> {
  const stop = process.env.KATANA_URL && process.env[keyOf[chain]] ? undefined : await startLocally(chain)
  const { EVM_PRIVATE_KEY: evm, SVM_PRIVATE_KEY: solana } = process.env
  const { BURSAR_RPC_BASE: base, BURSAR_RPC_SOLANA: rpcSolana } = process.env
  return {
    wallet: {
      ...(chain === 'base' ? { evm } : { solana }),
      rpcUrls: {
        ...(base ? { 'eip155:8453': base } : {}),
        ...(rpcSolana ? { 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp': rpcSolana } : {})
      }
    },
    katanaUrl: given('KATANA_URL'),
    reportUrl: given('X402_REPORT_URL'),
    facilitatorUrl: given('FACILITATOR_URL'),
    [Symbol.asyncDispose]: async () => stop?.()
  }
}

async function startLocally(chain: ChainName): Promise<() => Promise<void>> {
  const { startStack } = await import('@bursar/gateway')
  const { env, stop } = await startStack({ base: chain === 'base', solana: chain === 'solana', funds: '5' })
  Object.assign(process.env, env)
  return stop
}

function given(name: keyof StackEnv): string {
  const value = process.env[name]
  if (value === undefined) throw new TypeError(`The environment has no ${name}: run it beside bursar dev`)
  return value
}
