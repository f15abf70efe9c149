import { expect, it } from 'vitest'
import { bundleForProgram } from './bundle.js'
import { importSqlite, libsqlOnNode20, newFolder, runtimes, startProgram } from './runtime.js'
import type { ContractResults } from './small-vitest.js'

/** The contract on files in a folder, which is the program's argument. What came of it goes to standard output. */
const program = `
  import { ledgerCareContract, ledgerContract } from '@bursar/ledger/testing'
  import { onTestFinished, runCases } from './small-vitest.ts'
  ${importSqlite}
  const [folder] = process.argv.slice(-1)
  let opened = 0
  const newPath = () => folder + '/ledger-' + opened++ + '.db'
  ledgerContract('sqliteLedger', (clock) => sqliteLedger({ path: newPath(), clock }))
  ledgerCareContract('sqliteLedger', (clock) => {
    const path = newPath()
    return {
      ledger: sqliteLedger({ path, clock }),
      prune: (keepMs) => pruneLedger({ path, keepMs, clock }),
      async restoreElsewhere() {
        const restored = sqliteLedger({ path: await backupLedger({ path, to: newPath(), clock }), clock })
        onTestFinished(() => restored.close())
        return restored
      }
    }
  })
  console.log(JSON.stringify(await runCases()))`

// On Node 20 by libsql the contract's tests run beside the store.
it.each(runtimes.filter((runtime) => runtime !== libsqlOnNode20))(
  'P35: sqliteLedger passes what every store passes, in $name',
  async (runtime) => {
    const { gone, said } = startProgram(runtime, await bundleForProgram(program), [newFolder()])
    expect(await gone).toEqual([0, null])
    const { passed, failed } = JSON.parse(said().at(-1) ?? '') as ContractResults
    expect(failed).toEqual([])
    expect(passed).toBeGreaterThan(110)
  }
)
