import { type Clock, parseUsdc, type RandomBytes } from '@bursar/core'
import type { BaseChain } from '@bursar/localchain'
import type { SolanaChain } from '@bursar/localchain/solana'
import { bursarOptions, type StackBursarOptions } from './stack-bursar-options.js'
import { buildEnv, type StackEnv } from './stack-env.js'
import { type BaseTestWallet, createBaseWallet, type TestWallet, type WalletFunds } from './test-wallet.js'

/** One wallet on each chain that runs, and what a program needs to pay from them. */
export interface StackWallets {
  readonly base?: BaseTestWallet
  readonly solana?: TestWallet
  /** Options for `createBursar`. */
  readonly options: StackBursarOptions
  /** Environment variables for a program: keys, endpoints, services, and a folder for its ledger. */
  readonly env: StackEnv
}

/** What wallets are made of. */
export interface WalletParts {
  readonly base: BaseChain | undefined
  readonly solana: SolanaChain | undefined
  readonly clock: Clock
  readonly random: RandomBytes
  /** Makes a folder for a ledger. */
  readonly newHome: () => Promise<string>
}

/** The wallets alone, before the gateway has a URL. */
export interface FundedWallets {
  readonly base?: BaseTestWallet
  readonly solana?: TestWallet
}

/**
 * Makes a wallet with USDC and gas on each chain.
 *
 * @param funds decimal USDC.
 * @throws {BursarError} `amount/malformed`
 */
export async function fundWallets(parts: WalletParts, funds: string): Promise<FundedWallets> {
  const { base, solana, random } = parts
  const amountAtomic = parseUsdc(funds)
  const [onBase, onSolana] = await Promise.all([
    base && createBaseWallet(base, { amountAtomic, random }),
    solana && createSolanaWallet(solana, { amountAtomic, random })
  ])
  return { ...(onBase ? { base: onBase } : {}), ...(onSolana ? { solana: onSolana } : {}) }
}

/** Imported only for a stack on Solana, because @solana/web3.js takes a while to load. */
async function createSolanaWallet(chain: SolanaChain, funds: WalletFunds): Promise<TestWallet> {
  const solana = await import('./solana-wallet.js')
  return solana.createSolanaWallet(chain, funds)
}

/** Adds what a program needs to pay from the wallets. */
export async function equipWallets(
  { base, solana, clock, newHome }: WalletParts,
  wallets: FundedWallets,
  gatewayUrl: string
): Promise<StackWallets> {
  return {
    ...wallets,
    options: bursarOptions({ base, solana, wallets, clock }),
    env: buildEnv({ home: await newHome(), gatewayUrl, base, solana, wallets })
  }
}
