import type { BaseChain } from '@bursar/localchain'
import type { SolanaChain } from '@bursar/localchain/solana'
import type { Spender } from '../assertions/payments-of.js'
import type { Gateway } from '../gateway.js'
import type { StackBursarOptions } from './stack-bursar-options.js'
import type { StackEnv } from './stack-env.js'
import type { StackWallets } from './stack-wallets.js'

/** Local chains, a gateway with every service that settles on them, and funded wallets. */
export interface Stack extends AsyncDisposable {
  readonly gateway: Gateway
  readonly base: BaseChain | undefined
  readonly solana: SolanaChain | undefined
  /** One wallet on each chain that runs, with USDC and gas. */
  readonly wallets: StackWallets
  /** The options of `wallets`, for `createBursar`: keys, endpoints, the stack's clock, and a ledger in memory. */
  readonly options: StackBursarOptions
  /** The environment of `wallets`, for a program: keys, endpoints, services, and a folder for its ledger. */
  readonly env: StackEnv
  /**
   * Makes new wallets with USDC and gas, so that tests can run side by side.
   *
   * @param funds decimal USDC in each wallet. Default: `5`.
   * @throws {BursarError} `amount/malformed`
   */
  newWallet(funds?: string): Promise<StackWallets>
  /**
   * What has settled of a wallet, or of several, in decimal USDC. What was spent from a prepaid balance is not on the
   * chains.
   *
   * @param spender default: the stack's own wallets.
   * @example expect(await stack.spentBy(wallets)).toBe('0.01')
   */
  spentBy(spender?: Spender): Promise<string>
  /**
   * Moves the chains, the gateway and the stack's clock forward. On surfpool, blockhashes live as long as before
   * (`SolanaChain.increaseTime`).
   *
   * @param seconds whole seconds, at most a year.
   * @throws {TypeError} when the seconds are out of range.
   */
  travel(seconds: number): Promise<void>
  /**
   * Remembers chains, clock and the ledgers in the wallets' folders.
   *
   * @returns a function that restores them, as `reset` does. It can be called again; those of later snapshots then throw a
   *   TypeError, since the chains have forgotten them.
   * @throws {TypeError} when the stack was stopped.
   */
  snapshot(): Promise<() => Promise<void>>
  /**
   * Takes chains, ledgers, gateway and clock back to how they were when the stack started. Wallets that were made
   * since are empty then; what `gateway.sell` added stays. A ledger in memory ends with its bursar.
   */
  reset(): Promise<void>
  /** Ends everything and waits until it is gone. Can be called again. */
  stop(): Promise<void>
}
