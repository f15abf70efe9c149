/** Runs every test with coverage and holds each package to its share of lines and branches. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { type FileCoverage, sharesByPackage, shortfalls } from './coverage-shares.js'

const { status } = spawnSync('npx', ['vitest', 'run', '--coverage', '--reporter=dot'], { stdio: 'inherit' })
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
const problems = shortfalls(shares)
for (const problem of problems) console.error(problem)
process.exitCode = status === 0 && problems.length === 0 ? 0 : 1
