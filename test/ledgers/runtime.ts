import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

const require = createRequire(import.meta.url)

/** A runtime that opens the ledger's file, and the SQLite that it does it with. */
export interface Runtime {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
}

/** Under the condition of Deno, Node takes the SQLite that it brings, as where libsql has no binary for the platform. */
const ownSqlite = ['--conditions=deno', '--no-warnings']

export const libsqlOnNode20: Runtime = { name: 'Node 20, libsql', command: process.execPath, args: [] }

/** Without permission to load a binary, or to look at the machine. */
const denoArgs = ['run', '--no-prompt', '--allow-read', '--allow-write', '--allow-env']

export const node22: Runtime = {
  name: 'Node 22, node:sqlite',
  command: inPackage('node-22', 'bin/node'),
  args: ownSqlite
}

/** Every SQLite that a ledger's file is opened with. */
export const runtimes: readonly Runtime[] = [
  libsqlOnNode20,
  { name: 'Node 26, libsql', command: inPackage('node-26', 'bin/node'), args: [] },
  node22,
  { name: 'Node 24, node:sqlite', command: inPackage('node-24', 'bin/node'), args: ownSqlite },
  { name: 'Node 26, node:sqlite', command: inPackage('node-26', 'bin/node'), args: ownSqlite },
  { name: 'Bun, bun:sqlite', command: inPackage('@oven/bun-linux-x64', 'bin/bun'), args: [] },
  { name: 'Deno, node:sqlite', command: inPackage('@deno/linux-x64-glibc', 'deno'), args: denoArgs }
]

function inPackage(name: string, file: string): string {
  return join(dirname(require.resolve(`${name}/package.json`)), file)
}

/** What every program of the ledger begins with. Deno finds what a package imports by a name of its own only when that is imported so. */
export const importSqlite = `
  const { backupLedger, pruneLedger, sqliteLedger } =
    await import('${new URL('../../packages/ledger/dist/sqlite.js', import.meta.url).href}')`

/** What every program that pays begins with. */
const prelude = `${importSqlite}
  const [path, name] = process.argv.slice(-2)
  const ledger = sqliteLedger({ path })
  const offer = { dialect: 'x402-v2', network: 'eip155:8453', asset: '0xa', payTo: '0xb', amountAtomic: 7n, cost: 7n }
  const budgets = [{ name: 'total', limit: 1000n }]
  const reservation = (id, guards = { budgets }) => ({ kind: 'payment', id, fingerprint: id, method: 'GET',
    origin: 'https://a.example', path: '/', payer: '0xc', offer, guards, labels: {} })
  const payment = { network: 'eip155:8453', asset: '0xa', payer: '0xc', payTo: '0xb', amountAtomic: 7n, reference: '0xd',
    expiresAtSeconds: 4000000000, expiry: 4000000000n, payload: {} }
  const signed = { type: 'signed', payment, header: { name: 'PAYMENT-SIGNATURE', value: 'bytes' } }`

/** A program in a runtime. */
export interface Running {
  readonly child: ChildProcess
  /** Its exit code, and the signal that ended it. */
  readonly gone: Promise<unknown[]>
  /** The lines that it has said. */
  said(): string[]
}

/** Starts a program on the built packages. It has its ledger as `ledger`, and its name as `name`. */
export function startIn(runtime: Runtime, program: string, names: readonly [string, string]): Running {
  return startProgram(runtime, `${prelude}\n${program}`, names)
}

/** Starts a program that is a module. */
export function startProgram(runtime: Runtime, text: string, given: readonly string[]): Running {
  const folder = newFolder()
  const file = join(folder, 'program.mjs')
  writeFileSync(file, text)
  // By it, Deno knows that modules are found as Node finds them.
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  const { command, args } = runtime
  const child = spawn(command, [...args, file, ...given], { stdio: ['ignore', 'pipe', 'inherit'] })
  // Nothing that a test has started outlives it.
  onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  // Not its exit, at which some of what it has said may still be on the way.
  const gone = once(child, 'close')
  return { child, gone, said: () => said.split('\n').filter((line) => line !== '') }
}

/** A folder that is removed when its test ends. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-ledgers-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}
