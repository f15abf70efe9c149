import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { missingExports } from './exported-types.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const manifest = JSON.parse(readFileSync(resolve(root, 'packages/bursar/package.json'), 'utf8')) as {
  readonly exports: Readonly<Record<string, unknown>>
}
const names = Object.keys(manifest.exports)
  .filter((path) => path !== './package.json')
  .map((path) => (path === '.' ? 'index' : path.slice('./'.length)))

it('P5: every type that a public function takes or returns is exported from the entry that exports the function', () => {
  expect(names).toContain('katana')
  const entries = names.map((name) => resolve(root, `packages/bursar/src/${name}.ts`))
  expect(missingExports(entries, root)).toEqual([])
}, 120_000)

it('what an entry mentions and does not export is found', () => {
  const entry = resolve(root, 'packages/audit/src/audit-of.ts')
  const found = missingExports([entry], root).map(({ type }) => type)
  expect(found).toContain('Reconciliation')
  expect(found).not.toContain('AuditOptions')
}, 120_000)
