/**
 * Runs one suite, from the tarballs that would be published, in every runtime: Node 20 to 26, Bun, Deno, Cloudflare's
 * workerd and Chromium. What it finds has to be README's table of runtimes.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundlePrograms } from './bundle.js'
import { startControl } from './control.js'
import { installPackages, installRuntimes } from './install.js'
import { type Runtime, runtimes } from './runtimes.js'
import type { Results } from './suite/check.js'
import { checks } from './suite/suite.js'
import { problemsOf, renderTable } from './table.js'

const startedMs = Date.now()
const folder = mkdtempSync(join(tmpdir(), 'bursar-runtimes-'))
try {
  const found = await runAll()
  const table = renderTable(checks, found)
  process.stdout.write(`${table}\n`)
  const problems = problemsOf({ found, table, readme: readFileSync('README.md', 'utf8') })
  for (const problem of problems) process.stdout.write(`${problem}\n`)
  const seconds = Math.round((Date.now() - startedMs) / 1000)
  process.stdout.write(`runtimes: ${found.size} run in ${seconds} s, ${problems.length} problems\n`)
  process.exitCode = problems.length === 0 ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function runAll(): Promise<Map<string, Results>> {
  const app = join(folder, 'app')
  const tools = join(folder, 'tools')
  for (const made of [app, tools]) mkdirSync(made)
  installPackages(app)
  const pathOf = installRuntimes(tools)
  const programs = await bundlePrograms(app)
  await using control = await startControl(readFileSync(programs.page, 'utf8'))
  const found = new Map<string, Results>()
  const run = async (runtime: Runtime): Promise<void> => {
    found.set(runtime.name, await runtime.run({ folder: app, programs, pathOf, control }))
  }
  // One after the other: side by side they are no faster on two cores, and what hangs is easier to see.
  for (const runtime of runtimes) await run(runtime)
  return found
}
