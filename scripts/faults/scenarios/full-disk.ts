import assert from 'node:assert/strict'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sqliteLedger } from '@bursar/ledger/sqlite'
import type { PayingProgram } from '../paying-program.js'
import type { Scenario, Scene } from '../scene.js'
import { until, untilAllEnded } from '../until.js'
import { mountSmallDisk } from './small-disk.js'

/** The disk fills up before a payment, and while an answer that is lost is on its way (M7). */
export const fullDisk: Scenario = {
  name: 'full disk',
  async play(scene) {
    const disk = mountSmallDisk(join(scene.newFolder(), 'disk'))
    if (!disk) return byFileSize(scene)
    try {
      return await onDisk(scene, disk.folder)
    } finally {
      await scene.end()
      disk.unmount()
    }
  }
}

async function onDisk({ start, settled }: Scene, folder: string): Promise<string> {
  const ledger = { path: join(folder, 'ledger.db') }
  const [first, second] = [start(ledger), start(ledger)]
  assert.equal((await first.buy('1')).status, 200)
  const filler = join(folder, 'filler')
  const lost = first.buy('lost', 'slow;when=settled;delayMs=1500,answer-lost-after-settling*9')
  await until('it is settled', async () => (await settled()) === 2)
  fill(filler)
  const { code, moneyState } = await lost
  assert.ok(moneyState === 'settled' || moneyState === 'unknown', `${code} [${moneyState}]`)
  const paid = await payUntilRefused(second)
  rmSync(filler)
  await untilAllEnded(sqliteLedger(ledger))
  const again = await second.buy('lost')
  assert.equal(again.resumed ?? again.code, true)
  assert.equal(await settled(), 2 + paid)
  return `on a disk of 4 MB: the lost call was ${code} [${moneyState}], and was resumed by another program, which had been refused after ${paid} more payments`
}

/** What is left of the log's last block is used up first. @returns how many were paid. */
async function payUntilRefused(payer: PayingProgram): Promise<number> {
  for (let paid = 0; paid < 1_000; paid++) {
    const { status, code, moneyState } = await payer.buy(`full ${paid}`)
    if (status === 200) continue
    assert.equal(code, 'ledger/unavailable')
    assert.ok(moneyState === 'none' || moneyState === 'signed', `[${moneyState}]`)
    return paid
  }
  throw new TypeError('The disk is not full')
}

function fill(filler: string): void {
  for (let bytes = 4 * 1024 * 1024; bytes >= 512; bytes >>= 1)
    try {
      writeFileSync(filler, Buffer.alloc(bytes), { flag: 'a' })
    } catch {
      // Not so much any more, but perhaps half of it.
    }
}

/** Where nothing can be mounted, the ledger's files are not to grow beyond a size. */
async function byFileSize({ newFile, start, settled }: Scene): Promise<string> {
  const ledger = newFile()
  const payer = start(ledger, { wrapper: ['sh', '-c', 'trap "" XFSZ; ulimit -f 400; exec "$0" "$@"'] })
  const paid = await payUntilRefused(payer)
  assert.equal(await settled(), paid)
  return `nothing can be mounted here: by a limit on the size of files, after ${paid} payments`
}
