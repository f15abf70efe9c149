import { existsSync } from 'node:fs'
import { expect, it } from 'vitest'
import { newPath } from '../../../../test/ledger-files.js'
import { backupLedger, checkLedger, copyForReading, pruneLedger } from '../../../sqlite.js'

it.each<[name: string, care: (options: never) => unknown]>([
  ['backupLedger', backupLedger],
  ['checkLedger', checkLedger],
  ['copyForReading', copyForReading],
  ['pruneLedger', pruneLedger]
])('%s does nothing to the default ledger for a path that is misspelt or empty', async (_, care) => {
  const to = newPath()
  const told = async (options: object): Promise<unknown> =>
    care({ to, folder: to, keepMs: 1e12, ...options } as never)
  await expect(told({ paht: newPath() })).rejects.toThrow('is not an option')
  await expect((async () => care({ path: '' } as never))()).rejects.toThrow(
    'path must be text that is not empty'
  )
  expect(existsSync(to)).toBe(false)
})
