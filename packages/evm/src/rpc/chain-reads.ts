import type { BalanceReader, Registry, SettlementReader } from '@bursar/core'
import type { EvmAuthorizer } from '../account/authorizer.js'
import { createBalanceReader } from './balance-reader.js'
import { createEvmReader } from './chain-reader.js'
import type { EvmReaderOptions } from './reader-options.js'
import { createSettlementReader } from './settlement-status.js'

/** What a payer reads of its chains. Most payments need none of it, so that it is loaded by the first that does. */
export interface ChainReads {
  readonly balances: BalanceReader
  readonly settlements: Required<SettlementReader>
}

/** What the reads are made from. */
export interface ChainReadsOptions extends EvmReaderOptions {
  readonly authorizer: EvmAuthorizer
  readonly registry: Registry
}

/** Builds what reads balances and what became of payments. */
export function createChainReads({ authorizer, registry, ...options }: ChainReadsOptions): ChainReads {
  const reader = createEvmReader(options)
  return {
    balances: createBalanceReader({ reader, authorizer, registry }),
    settlements: createSettlementReader(reader, options.clock)
  }
}
