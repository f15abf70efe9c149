import type { Ledger } from '@bursar/core'
import type { CommandContext } from '../context.js'
import type { PolicyContext } from '../policy/command-policy.js'
import type { FollowedCopies } from './followed-copies.js'
import { ledgerOf } from './open-ledger.js'
import { openFollowedLedger, readingLedgerOf } from './reading-ledger.js'

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

/** As {@link withReadingLedger}, for a verb that looks again and again. */
export async function withFollowedLedger<Value>(
  context: CommandContext,
  use: (ledger: FollowedCopies) => Promise<Value>
): Promise<Value> {
  return useAndClose(await openFollowedLedger(context), use)
}

async function useAndClose<Used extends Pick<Ledger, 'close'>, Value>(
  ledger: Used,
  use: (ledger: Used) => Promise<Value>
): Promise<Value> {
  try {
    return await use(ledger)
  } finally {
    await ledger.close()
  }
}
