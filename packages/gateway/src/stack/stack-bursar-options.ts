import type { Clock, NetworkId } from '@bursar/core'
import type { BaseChain } from '@bursar/localchain'
import type { SolanaChain } from '@bursar/localchain/solana'
import type { Hex } from 'viem'
import type { BaseTestWallet, TestWallet } from './test-wallet.js'

/**
 * Options for `createBursar`, to which a test adds its limits. The ledger is in memory, so that nothing of a test is
 * written into the developer's own.
 */
export interface StackBursarOptions {
  /**
   * The private key of the wallet on Base. Default: absent when Base does not run.
   *
   * @example { evm: key }
   */
  readonly evm?: Hex
  /**
   * The secret key of the wallet on Solana. Default: absent when Solana does not run.
   *
   * @example { solana: 'a secret key in base58' }
   */
  readonly solana?: string
  /**
   * The RPC endpoints of the chains that run.
   *
   * @example { rpcUrls: stack.options.rpcUrls }
   */
  readonly rpcUrls: Readonly<Partial<Record<NetworkId, string>>>
  /** Keeps the record of a test in memory. @example { ledger: 'memory' } */
  readonly ledger: 'memory'
  /** The stack's clock, which `stack.travel` moves. @example { clock: stack.options.clock } */
  readonly clock: Clock
}

/** What the options are built from. */
interface OptionsParts {
  readonly base: BaseChain | undefined
  readonly solana: SolanaChain | undefined
  readonly wallets: { readonly base?: BaseTestWallet; readonly solana?: TestWallet }
  readonly clock: Clock
}

/** The options of a bursar that pays from wallets of a stack. */
export function bursarOptions({ base, solana, wallets, clock }: OptionsParts): StackBursarOptions {
  return {
    ...(wallets.base ? { evm: wallets.base.privateKey } : {}),
    ...(wallets.solana ? { solana: wallets.solana.privateKey } : {}),
    rpcUrls: {
      ...(base ? { [`eip155:${base.chainId}`]: base.rpcUrl } : {}),
      ...(solana ? { [solana.network]: solana.rpcUrl } : {})
    },
    ledger: 'memory',
    clock
  }
}
