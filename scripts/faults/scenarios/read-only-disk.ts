import assert from 'node:assert/strict'
import { join } from 'node:path'
import type { Scenario } from '../scene.js'
import { mountSmallDisk } from './small-disk.js'

/** The file system of a ledger becomes read-only while it is open, and is opened when it is. */
export const readOnlyDisk: Scenario = {
  name: 'read-only file system',
  async play({ newFolder, start, settled, end }) {
    const disk = mountSmallDisk(join(newFolder(), 'disk'))
    if (!disk) return 'NOT PLAYED: nothing can be mounted here'
    try {
      const ledger = { path: join(disk.folder, 'ledger.db') }
      const payer = start(ledger)
      assert.equal((await payer.buy('1')).status, 200)
      await payer.stop()
      disk.remount('ro')
      const refused = start(ledger)
      const { code } = await refused.buy('2').catch(() => ({ code: 'it does not start' }))
      assert.ok(code === 'ledger/unavailable' || code === 'it does not start', code)
      assert.equal(await settled(), 1)
      disk.remount('rw')
      assert.equal((await start(ledger).buy('2')).status, 200)
      assert.equal(await settled(), 2)
      return `refused (${code}), and paid when it could be written again`
    } finally {
      await end()
      disk.unmount()
    }
  }
}
