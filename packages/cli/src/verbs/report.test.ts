import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { defaultPath, sqliteLedger } from '@bursar/ledger/sqlite'
import { expect, it } from 'vitest'
import { newTerminal } from '../../test/terminal.js'
import { schemaOf } from '../schemas/verb-schemas.js'

it('P52: writes a report to a new file, over an old one only when it is told to, and over no link', async () => {
  const { bursar, home } = newTerminal({})
  const file = join(home, 'report.html')
  const { code, err } = await bursar('report', '--html', file)
  expect([code, err]).toEqual([0, `Written to ${file}.\n`])
  expect(readFileSync(file, 'utf8')).toMatch(/^<!doctype html>/)
  writeFileSync(file, 'mine')
  const again = await bursar('report', '--html', file)
  expect([again.code, readFileSync(file, 'utf8')]).toEqual([2, 'mine'])
  expect(again.err).toContain('--force')
  symlinkSync(join(home, 'elsewhere'), join(home, 'link.html'))
  expect((await bursar('report', '--html', join(home, 'link.html'))).code).toBe(2)
  expect(existsSync(join(home, 'elsewhere'))).toBe(false)
  expect((await bursar('report', '--html', file, '--force')).code).toBe(0)
  expect(readFileSync(file, 'utf8')).toMatch(/^<!doctype html>/)
})

it('writes what it shows as JSON, of the days that are named', async () => {
  const { bursar, home } = newTerminal({})
  const ledger = sqliteLedger({ path: defaultPath({ BURSAR_HOME: home }) })
  await ledger.freeze('a key may be known')
  await ledger.close()
  const { code, out } = await bursar('report', '--json', '--from', '2026-11-01', '--to', '2026-11-03')
  expect(code).toBe(0)
  const { period, spending, frozen } = JSON.parse(out)
  expect(period).toEqual({ from: '2026-11-01T00:00:00.000Z', until: '2026-11-04T00:00:00.000Z' })
  expect(schemaOf('report')?.schema.safeParse(JSON.parse(out)).error).toBeUndefined()
  expect(spending.days).toHaveLength(3)
  expect(frozen.reason).toBe('a key may be known')
})

it('refuses a report without a file, a day that is none, and days in the wrong order', async () => {
  const { bursar } = newTerminal({})
  for (const argv of [
    [],
    ['--json', '--from', '2026-02-30'],
    ['--json', '--from', '2026-11-02', '--to', '2026-11-01']
  ])
    expect((await bursar('report', ...argv)).code).toBe(2)
})
