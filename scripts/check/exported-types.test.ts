import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { missingExports } from './exported-types.js'
import { entriesOf } from './program.js'

const root = fileURLToPath(new URL('../..', import.meta.url))

it('P5: every type that a public function takes or returns is exported from the entry that exports the function', () => {
  const entries = entriesOf('bursar', root)
  expect(entries).toContain(resolve(root, 'packages/bursar/src/katana.ts'))
  expect(missingExports(entries, root)).toEqual([])
})

it('what an entry mentions and does not export is found', () => {
  const entry = resolve(root, 'packages/audit/src/audit-of.ts')
  const found = missingExports([entry], root).map(({ type }) => type)
  expect(found).toContain('Reconciliation')
  expect(found).not.toContain('AuditOptions')
})
