import type { BalanceReader, ChainReader, RegistryOptions, SettlementReader } from '@bursar/core'
import { createRegistry } from '@bursar/core/registry'
import type { EvmAuthorizer } from '../account/authorizer.js'
import { createBalanceReader } from './balance-reader.js'
import { createEvmReader } from './chain-reader.js'
import { type ContractWallets, createContractWallets } from './contract-wallets.js'
import type { EvmReaderOptions } from './reader-options.js'
import { createSettlementReader } from './settlement-status.js'

/** The chain reads of a payer. Most payments need none, so they are loaded on first use. */
export interface ChainReads {
  readonly balances: Required<BalanceReader>
  readonly settlements: Required<SettlementReader>
  readonly contracts: ContractWallets
  readonly rpc: ChainReader
}

/** What the reads are made from. */
export interface ChainReadsOptions extends EvmReaderOptions, RegistryOptions {
  readonly authorizer: EvmAuthorizer
}

/** Builds the reader of balances and of settlement statuses, and what asks about contract wallets. */
export function createChainReads({ authorizer, known, ...options }: ChainReadsOptions): ChainReads {
  const reader = createEvmReader(options)
  return {
    balances: createBalanceReader({ reader, authorizer, registry: createRegistry(known) }),
    settlements: createSettlementReader(reader, options.clock),
    contracts: createContractWallets(reader, options),
    rpc: reader.rpc
  }
}
