import { expect, it } from 'vitest'
import { sharesByPackage, shortfalls } from './coverage-shares.js'

const file = (path: string, [lines, branches]: [number, number]) =>
  [path, { lines: { total: 100, covered: lines }, branches: { total: 100, covered: branches } }] as const

it('adds the files of a package up, weighed by their lines', () => {
  expect(
    sharesByPackage([file('packages/core/src/a.ts', [100, 80]), file('packages/core/src/b.ts', [90, 100])])
  ).toEqual([{ name: 'core', lines: 95, branches: 90 }])
})

it('asks more of what decides about money', () => {
  expect(
    shortfalls([
      { name: 'ledger', lines: 91.9, branches: 88 },
      { name: 'mcp', lines: 80, branches: 79.9 },
      { name: 'cli', lines: 79.9, branches: 80 }
    ])
  ).toEqual([
    'ledger: 91.9 % of lines, at least 92 %',
    'mcp: 79.9 % of branches, at least 80 %',
    'cli: 79.9 % of lines, at least 80 %'
  ])
})
