/** Prints what share of each package the last `vitest run --coverage` reached. Fails where one is short of its share. */
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { type FileCoverage, sharesByPackage, shortfalls } from './coverage-shares.js'

const summary = JSON.parse(readFileSync('coverage/coverage-summary.json', 'utf8')) as Record<
  string,
  FileCoverage
>
const files = Object.entries(summary)
  .filter(([path]) => path !== 'total')
  .map(([path, coverage]) => [relative(process.cwd(), path), coverage] as const)

const shares = sharesByPackage(files)
for (const { name, lines, branches } of shares)
  console.log(`coverage of ${name}: ${lines.toFixed(1)} % of lines, ${branches.toFixed(1)} % of branches`)
const short = shortfalls(shares)
for (const shortfall of short) console.error(`short of its share: ${shortfall}`)
process.exitCode = short.length === 0 ? 0 : 1
