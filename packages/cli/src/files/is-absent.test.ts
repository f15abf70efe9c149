import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { isAbsent } from './is-absent.js'

it('is known of a file only where its folder can be looked at', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-absent-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'there'), '')
  // As a folder that may not be read, also for the superuser: nobody can look behind links in a circle.
  symlinkSync('circle', join(folder, 'circle'))
  const asked = ['there', 'absent', join('circle', 'ledger.db')].map((name) => isAbsent(join(folder, name)))
  expect(asked).toEqual([false, true, false])
})
