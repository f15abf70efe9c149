import { expect, it } from 'vitest'
import type { Results } from './suite/check.js'
import { problemsOf, renderTable } from './table.js'

const checks = [
  { feature: 'payments', statements: 'P32', run: async () => {} },
  { feature: 'files', statements: 'P32', run: async () => {} }
]
const all = { payments: '', files: '' }
const found = new Map<string, Results>([
  ['Node 20', all],
  ['Node 26', all],
  ['workerd', { payments: '' }]
])
const table = renderTable(checks, found)
const readme = `# A title\n\n${table}\n`

it('P32, P33, P34: the table has a row for each check, and a column for all versions of Node together', () => {
  expect(table.split('\n').slice(2)).toEqual(['| payments | yes | yes |', '| files | yes | - |'])
  expect(problemsOf({ found, texts: [table], readme })).toEqual([])
})

it('a check that fails in one version of Node is a problem, and is not in the table', () => {
  const broken = new Map<string, Results>([
    ...found,
    ['Node 26', { payments: '', files: 'TypeError: no file' }]
  ])
  const shown = renderTable(checks, broken)
  expect(shown).toContain('| files | - | - |')
  expect(problemsOf({ found: broken, texts: [shown], readme })).toEqual([
    'Node 26: files: TypeError: no file',
    expect.stringMatching(/^README does not have: /)
  ])
})

it('P94: a README that promises more than was found is a problem', () => {
  const promised = readme.replace('| files | yes | - |', '| files | yes | yes |')
  expect(problemsOf({ found, texts: [table], readme: promised })).toHaveLength(1)
})

it('P37: what ran nothing is a problem, and the line of tools may break anywhere', () => {
  const texts = ['Jest; tsx; Vite']
  expect(problemsOf({ found: new Map([['Jest', {}]]), texts, readme: 'Jest;\ntsx; Vite.' })).toEqual([
    'Jest: ran nothing'
  ])
  expect(problemsOf({ found, texts, readme: 'Jest; tsx' })).toHaveLength(1)
})
