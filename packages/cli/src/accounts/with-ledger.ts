import type { Ledger } from '@bursar/core'
import type { Env } from '../io.js'

/** Uses the record alone, without any account, and closes it. */
export async function withLedger<Value>(
  { env }: { readonly env: Env },
  use: (ledger: Ledger) => Promise<Value>
): Promise<Value> {
  const { defaultPath, sqliteLedger } = await import('@bursar/ledger/sqlite')
  const ledger = sqliteLedger({ path: defaultPath(env) })
  try {
    return await use(ledger)
  } finally {
    await ledger.close()
  }
}
