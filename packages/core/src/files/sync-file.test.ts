import { mkdtempSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { syncFile } from './sync-file.js'

async function openFile() {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-sync-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = await open(join(folder, 'file'), 'w')
  onTestFinished(() => file.close())
  return file
}

it("syncs a file whose handle has no sync, as under Yarn's Plug'n'Play", async () => {
  const { fd } = await openFile()
  await expect(syncFile({ fd })).resolves.toBeUndefined()
})
