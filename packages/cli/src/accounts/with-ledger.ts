import type { Ledger } from '@bursar/core'
import type { PolicyContext } from '../policy/command-policy.js'
import { ledgerOf } from './open-ledger.js'

/** Uses the record alone, without any account, and closes it. */
export async function withLedger<Value>(
  context: PolicyContext,
  use: (ledger: Ledger) => Promise<Value>
): Promise<Value> {
  const ledger = ledgerOf(context)
  try {
    return await use(ledger)
  } finally {
    await ledger.close()
  }
}
