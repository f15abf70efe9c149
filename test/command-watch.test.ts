import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Ledger } from '@bursar/core'
import { postgresLedger } from '@bursar/ledger/postgres'
import { sqliteLedger } from '@bursar/ledger/sqlite'
import { newWebhookSecret } from '@bursar/webhook'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { type LocalPostgres, startPostgres } from '../packages/ledger/test/local-postgres.js'
import { reservation, signed } from '../packages/ledger/test/purchases.js'
import { startCommand } from './command.js'
import { until } from './until.js'

let server: LocalPostgres
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

/** Where the command keeps its record, and the same record as another process has it open. */
async function newRecord(store: 'SQLite' | 'PostgreSQL') {
  const home = mkdtempSync(join(tmpdir(), 'bursar-watch-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const url = store === 'SQLite' ? undefined : await server.newDatabase()
  const ledger = url ? postgresLedger(url) : sqliteLedger({ path: join(home, 'ledger.db') })
  onTestFinished(() => ledger.close())
  return { env: { BURSAR_HOME: home, TZ: 'UTC', ...(url ? { BURSAR_LEDGER: url } : {}) }, ledger }
}

/** Pays for something, as an agent does. */
async function buy(ledger: Ledger, id: string): Promise<void> {
  const bought = { ...reservation(id), labels: { agent: 'research' } }
  await ledger.reserve(bought, { sign: () => signed })
  await ledger.recordEvent(id, { type: 'sent' })
  await ledger.recordEvent(id, { type: 'settled', transaction: '0xe' })
  await ledger.recordEvent(id, { type: 'answered' })
}

async function startWatching(env: object, ...argv: string[]) {
  const running = startCommand(env, 'watch', ...argv)
  onTestFinished(() => void running.child.kill('SIGKILL'))
  let err = ''
  running.child.stderr.on('data', (chunk) => (err += chunk))
  await until(() => err.includes('Watching.'))
  return running
}

it.each(['SQLite', 'PostgreSQL'] as const)('shows what another process pays, by %s', async (store) => {
  const { env, ledger } = await newRecord(store)
  await buy(ledger, 'before')
  const running = await startWatching(env)
  await buy(ledger, 'after')
  await until(() => running.out().includes('\n'))
  await ledger.freeze('enough')
  await until(() => running.out().includes('frozen'))
  running.child.kill('SIGINT')
  const { code, out, err } = await running.ended
  expect(code).toBe(0)
  const [paid, frozen, none] = out.split('\n')
  expect(paid).toMatch(/^\d\d:\d\d:\d\d {2}settled {6}\S+ \S+ +Base {10}a\.example\/ {2}research$/)
  expect(frozen).toMatch(/^\d\d:\d\d:\d\d {2}frozen {5}by .+: enough$/)
  expect(none).toBe('')
  expect(err).toMatch(/Settled while this watched: 1 purchase, 0\.000007 USD paid\.\n$/)
})

it('writes lines that a program reads, and none of what pays', async () => {
  const { env, ledger } = await newRecord('SQLite')
  const running = await startWatching(env, '--json')
  await buy(ledger, 'a')
  await ledger.reserve({ ...reservation('b') }, { sign: () => signed })
  await until(() => running.out().split('\n').length > 2)
  running.child.kill('SIGTERM')
  const { code, out, err } = await running.ended
  const lines = out.trim().split('\n')
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { change: 'settled', was: null, id: 'a', usd: '0.000007', labels: { agent: 'research' } },
    { change: 'signed', was: null, id: 'b', host: 'a.example' }
  ])
  expect(code).toBe(0)
  expect(out + err).not.toMatch(/that-pays/)
})

it('ends when nobody reads its output any more', async () => {
  const { env, ledger } = await newRecord('SQLite')
  const running = await startWatching(env)
  running.child.stdout.destroy()
  await buy(ledger, 'a')
  await until(() => running.child.exitCode !== null)
  expect(running.child.exitCode).toBe(0)
})

it('tells a webhook of what another process pays and of a freeze, and of the events of the policy alone', async () => {
  const { env, ledger } = await newRecord('SQLite')
  const received: Record<string, unknown>[] = []
  const receiver = createServer(async (message, response) => {
    let body = ''
    for await (const chunk of message) body += chunk
    const headers = Object.fromEntries(
      Object.entries(message.headers).map(([name, value]) => [name, String(value)])
    )
    received.push(Object(new Webhook(secret).verify(body, headers)))
    response.writeHead(204).end()
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void receiver.close())
  const address = receiver.address()
  const secret = newWebhookSecret()
  const secretFile = join(env.BURSAR_HOME, 'webhook-secret')
  writeFileSync(secretFile, secret, { mode: 0o600 })
  const notify = {
    BURSAR_NOTIFY_URL: `http://127.0.0.1:${typeof address === 'object' && address?.port}/hook`,
    BURSAR_NOTIFY_SECRET_FILE: secretFile,
    BURSAR_NOTIFY_EVENTS: 'payment.settled, ledger.frozen'
  }
  const running = await startWatching({ ...env, ...notify }, '--notify')
  await buy(ledger, 'a')
  await ledger.freeze('enough')
  await until(() => received.length === 2)
  await ledger.freeze(undefined)
  await until(() => running.out().includes('thawed'))
  running.child.kill('SIGINT')
  expect((await running.ended).code).toBe(0)
  expect(received.toSorted((a, b) => (String(a.type) < String(b.type) ? -1 : 1))).toMatchObject([
    { type: 'ledger.frozen', data: { reason: 'enough' } },
    { type: 'payment.settled', data: { purchase: 'a', host: 'a.example', agent: 'research' } }
  ])
  const wrong = await startCommand({ ...env, ...notify, BURSAR_NOTIFY_EVENTS: 'setled' }, 'watch', '--notify')
    .ended
  expect(wrong).toMatchObject({
    code: 2,
    err: expect.stringMatching(/there is no setled; there are payment\.settled/)
  })
  const none = await startCommand(env, 'watch', '--notify').ended
  expect(none).toMatchObject({ code: 2, err: expect.stringMatching(/--notify needs a webhook/) })
})

it('shows no password of the database, and says which tool copies it', async () => {
  const home = mkdtempSync(join(tmpdir(), 'bursar-watch-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const env = { BURSAR_HOME: home, BURSAR_LEDGER: 'postgres://bursar:hidden-word@127.0.0.1:9/money' }
  const backup = await startCommand(env, 'backup', join(home, 'copy.db')).ended
  expect(backup).toMatchObject({
    code: 2,
    err: expect.stringMatching(/The record is in PostgreSQL, which has tools of its own/)
  })
  const wrong = await startCommand({ ...env, BURSAR_LEDGER: 'mysql://x:hidden-word@h/d' }, 'outstanding')
    .ended
  expect(wrong).toMatchObject({ code: 2, err: expect.stringMatching(/ledger must be/) })
  const down = await startCommand(env, 'outstanding').ended
  expect(down.code).toBe(1)
  expect(backup.err + wrong.err + down.err).not.toMatch(/hidden-word/)
})
