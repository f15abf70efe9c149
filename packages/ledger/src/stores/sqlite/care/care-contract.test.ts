import { onTestFinished } from 'vitest'
import { newPath } from '../../../../test/ledger-files.js'
import { backupLedger, pruneLedger, sqliteLedger } from '../../../sqlite.js'
import { ledgerCareContract } from '../../../testing.js'

ledgerCareContract('sqliteLedger', (clock) => {
  const path = newPath()
  const openAt = (path: string) => {
    const ledger = sqliteLedger({ path, clock })
    onTestFinished(() => ledger.close())
    return ledger
  }
  return {
    ledger: openAt(path),
    prune: (keepMs) => pruneLedger({ path, keepMs, clock }),
    restoreElsewhere: async () => openAt(await backupLedger({ path, to: `${path}.copy`, clock }))
  }
})
