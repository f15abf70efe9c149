import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { sqliteLedger } from '../../sqlite.js'
import { ledgerContract } from '../../testing.js'

ledgerContract('sqliteLedger', (clock) => {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-ledger-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return sqliteLedger({ path: join(folder, 'ledger.db'), clock })
})
