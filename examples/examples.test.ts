import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { formatUsdc } from '@bursar/core'
import type { StackWallets } from '@bursar/gateway'
import { stackTest } from '@bursar/gateway/vitest'
import { createBursar, type Purchase } from 'bursar'
import { postgresLedger } from 'bursar/postgres'
import { sqliteLedger } from 'bursar/sqlite'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startPostgres } from '../packages/ledger/test/local-postgres.js'
import { type Expected, expected } from './expected.js'

const here = fileURLToPath(new URL('.', import.meta.url))
const names = readdirSync(here).filter((name) => existsSync(join(here, name, 'index.ts')))
const test = stackTest()

/** Runs an example in an empty folder, with nothing of this run of vitest in its environment. */
async function run(name: string, env: Readonly<Record<string, string | undefined>> = {}): Promise<string> {
  const cwd = await mkdtemp(join(tmpdir(), 'bursar-example-'))
  onTestFinished(() => rm(cwd, { recursive: true, force: true }))
  const { PATH, HOME, TMPDIR } = process.env
  const program = join(here, name, 'index.ts')
  const tsx = import.meta.resolve('tsx')
  const child = spawn(process.execPath, ['--import', tsx, program], {
    cwd,
    env: { PATH, HOME, TMPDIR, ...env }
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let text = ''
  child.stdout.on('data', (chunk) => (text += chunk))
  child.stderr.on('data', (chunk) => (text += chunk))
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  expect(code, text).toBe(0)
  return text
}

/** Where the example keeps its record: in PostgreSQL, where it wants one, which is stopped after the test. */
async function newRecord({ name }: Expected, { env }: StackWallets) {
  if (name !== 'many-machines')
    return { env, open: () => sqliteLedger({ path: join(env.BURSAR_HOME, 'ledger.db') }) }
  const postgres = await startPostgres()
  onTestFinished(() => postgres.stop())
  const url = await postgres.newDatabase()
  return { env: { ...env, DATABASE_URL: url }, open: () => postgresLedger({ url }) }
}

describe('P88, issue 19: an example prints what happened, and chain and ledger say the same:', () => {
  test.for(expected.map((row): [string, Expected] => [row.name, row]))(
    '%s',
    async ([name, row], { wallets }) => {
      const { env, open } = await newRecord(row, wallets)
      const text = await run(name, env)
      expect(text).toMatch(new RegExp(row.prints.map(({ source }) => source).join('[^]*'), 'm'))
      const payments = (await wallets[row.chain ?? 'base']?.payments()) ?? []
      expect(payments.map(({ amountAtomic }) => formatUsdc(amountAtomic))).toEqual(row.payments)
      const bursar = createBursar({ ...wallets.options, limits: { payment: '1' }, ledger: open() })
      const purchases: Purchase[] = []
      for await (const purchase of bursar.history()) purchases.push(purchase)
      await bursar.close()
      const signed = purchases.filter((purchase) => 'authorization' in purchase)
      expect(signed.map(({ state }) => state)).toEqual(row.payments.map(() => 'settled'))
      expect(purchases.length - signed.length).toBe(row.fromBalance ?? 0)
      for (const key of [env.EVM_PRIVATE_KEY, env.SVM_PRIVATE_KEY]) expect(text).not.toContain(key)
    }
  )
})

it('P88: an example runs with no set-up at all: it starts its own chain, and ends', async () => {
  expect(await run('fetch')).toMatch(/cost 0\.01 USDC \(settled\)/)
})

it('P88: every example has its row, its line in the list, less than 80 lines, and a first line that says what it is', () => {
  const list = readFileSync(join(here, 'README.md'), 'utf8')
  expect(expected.map(({ name }) => name).toSorted()).toEqual(names.toSorted())
  expect(names.length).toBeGreaterThanOrEqual(12)
  for (const name of names) {
    expect(list).toContain(`[${name}](${name}/index.ts)`)
    for (const file of readdirSync(join(here, name))) {
      const source = readFileSync(join(here, name, file), 'utf8')
      expect(source.split('\n').length, `${name}/${file}`).toBeLessThan(80)
      if (file === 'index.ts') expect(source).toMatch(/^\/\*\*/)
    }
  }
})
