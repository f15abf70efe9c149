import assert from 'node:assert/strict'
import { renameSync, rmSync } from 'node:fs'
import { backupLedger } from '@bursar/ledger/sqlite'
import type { Scenario } from '../scene.js'

/** An older copy is moved over a ledger that programs have open. */
export const replacedFile: Scenario = {
  name: 'file replaced',
  async play({ newFile, start, settled }) {
    const ledger = newFile()
    const { path = '' } = ledger
    const [first, second] = [start(ledger), start(ledger)]
    assert.equal((await first.buy('1')).status, 200)
    assert.equal((await second.buy('2')).status, 200)
    const copy = await backupLedger({ path, to: `${path}.copy` })
    assert.equal((await first.buy('3')).status, 200)
    renameSync(copy, path)
    for (const beside of ['-wal', '-shm']) rmSync(`${path}${beside}`, { force: true })
    for (const payer of [first, second, start(ledger)]) {
      const { code, moneyState } = await payer.buy('4')
      assert.deepEqual([code, moneyState], ['ledger/unavailable', 'none'])
    }
    assert.equal(await settled(), 3)
    return 'three programs refuse to pay by the copy'
  }
}
