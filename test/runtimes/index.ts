/**
 * Runs one suite, from the tarballs that would be published, in every runtime: Node 20 to 26, Bun, Deno, Cloudflare's
 * workerd and Chromium; and its payments in every tool that loads or bundles the packages in its own way. What it finds has
 * to be what README says of runtimes.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundlePrograms } from './bundle.js'
import { startControl } from './control.js'
import { installPackages, installRuntimes, installTools, packTarballs } from './install.js'
import { runtimes } from './runtimes.js'
import type { Results } from './suite/check.js'
import { checks } from './suite/suite.js'
import { problemsOf, renderTable, renderTools } from './table.js'
import { writeToolFiles } from './tools/tool-files.js'
import { tools } from './tools/tools.js'

/** What was found, by runtime and by tool. */
interface Found {
  readonly inRuntimes: Map<string, Results>
  readonly inTools: Map<string, Results>
}

const startedMs = Date.now()
const folder = mkdtempSync(join(tmpdir(), 'bursar-runtimes-'))
try {
  const { inRuntimes, inTools } = await runAll()
  const texts = [renderTable(checks, inRuntimes), renderTools(inTools.keys())]
  for (const text of texts) process.stdout.write(`${text}\n`)
  const found = new Map([...inRuntimes, ...inTools])
  const problems = problemsOf({ found, texts, readme: readFileSync('README.md', 'utf8') })
  for (const problem of problems) process.stdout.write(`${problem}\n`)
  const count = `${inRuntimes.size} runtimes and ${inTools.size} tools`
  process.stdout.write(`${count} ran in ${secondsSince(startedMs)} s, ${problems.length} problems\n`)
  process.exitCode = problems.length === 0 ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** One after the other: side by side they are no faster on two cores, and what hangs is easier to see. */
async function runAll(): Promise<Found> {
  const app = newFolder('app')
  const toolsFolder = newFolder('tools')
  const tarballs = packTarballs(folder)
  installPackages(app, tarballs)
  installTools(toolsFolder, tarballs)
  const pathOf = installRuntimes(newFolder('runtimes'))
  const programs = await bundlePrograms(app)
  await writeToolFiles(toolsFolder)
  await using control = await startControl(readFileSync(programs.page, 'utf8'))
  const world = { ...control.world, hasFiles: false, folder: '' }
  return {
    inRuntimes: await inTurn(runtimes, (runtime) => runtime.run({ folder: app, programs, pathOf, control })),
    inTools: await inTurn(tools, (tool) =>
      tool.run({ folder: toolsFolder, world, pathOf, tarballs, program: programs.program })
    )
  }
}

async function inTurn<Part extends { readonly name: string }>(
  parts: readonly Part[],
  run: (part: Part) => Promise<Results>
): Promise<Map<string, Results>> {
  const found = new Map<string, Results>()
  for (const part of parts) {
    const partStartedMs = Date.now()
    found.set(part.name, await run(part))
    process.stderr.write(`${part.name}: ${secondsSince(partStartedMs)} s\n`)
  }
  return found
}

function newFolder(name: string): string {
  const path = join(folder, name)
  mkdirSync(path)
  return path
}

function secondsSince(ms: number): number {
  return Math.round((Date.now() - ms) / 1000)
}
