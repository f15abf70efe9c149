import type { Ledger } from '@bursar/core'
import type { CommandContext } from '../context.js'
import type { PolicyContext } from '../policy/command-policy.js'
import { ledgerOf } from './open-ledger.js'
import { readingLedgerOf } from './reading-ledger.js'

/** Uses the record alone, without any account, and closes it. */
export async function withLedger<Value>(
  context: PolicyContext,
  use: (ledger: Ledger) => Promise<Value>
): Promise<Value> {
  return useAndClose(ledgerOf(context), use)
}

/** As {@link withLedger}, for a verb that writes nothing: also where the record can be read and not written. */
export async function withReadingLedger<Value>(
  context: CommandContext,
  use: (ledger: Ledger) => Promise<Value>
): Promise<Value> {
  return useAndClose(readingLedgerOf(context), use)
}

async function useAndClose<Value>(ledger: Ledger, use: (ledger: Ledger) => Promise<Value>): Promise<Value> {
  try {
    return await use(ledger)
  } finally {
    await ledger.close()
  }
}
