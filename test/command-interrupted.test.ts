import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { EVM_KEY } from '../packages/cli/test/terminal.js'
import { startCommand } from './command.js'
import { challenge, type Route, receipt, startPaidServer } from './loopback/paid-server.js'
import { until } from './until.js'

function newEnv() {
  const home = mkdtempSync(join(tmpdir(), 'bursar-interrupted-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  return { BURSAR_HOME: home, EVM_PRIVATE_KEY: EVM_KEY, BURSAR_RPC_BASE: 'http://127.0.0.1:9' }
}

/** Calls back when a payment has arrived, and answers from the second payment's arrival on. */
function stalling(head: boolean, onPaid: () => void): Route {
  let isFirst = true
  return (arrival, response) => {
    if (arrival.payment === undefined) return challenge(arrival, response)
    if (!isFirst) return void response.writeHead(200, receipt()).end('found')
    isFirst = false
    if (head) response.writeHead(200, { ...receipt(), 'content-length': 100 }).write('fou')
    onPaid()
  }
}

/** Bytes of the answer that have been written under another name. */
function draftSize(folder: string): number {
  const draft = readdirSync(folder).find((name) => name.endsWith('.part'))
  return draft === undefined ? 0 : statSync(join(folder, draft)).size
}

it.each([
  ['SIGINT', 'before the answer', false, 5, /^Interrupted while a payment is in flight.*pays no more/],
  ['SIGTERM', 'before the answer', false, 5, /^Interrupted while a payment is in flight.*bursar recover/],
  ['SIGHUP', 'within the answer', true, 4, /^Interrupted while its payment has settled.*pays no more/]
] as const)('%s %s says where the money is, and the same command has the answer', async (...row) => {
  const [signal, , hasHead, code, words] = row
  const env = newEnv()
  const file = join(env.BURSAR_HOME, 'out.txt')
  let interrupt = async (): Promise<void> => {}
  const { url, payments } = await startPaidServer({ '/x': stalling(hasHead, () => void interrupt()) })
  const argv = ['pay', `${url}/x`, '--max-amount', '1', '-o', file]
  const running = startCommand(env, ...argv)
  interrupt = async () => {
    if (hasHead) await until(() => draftSize(env.BURSAR_HOME) === 3)
    running.child.kill(signal)
  }
  expect(await running.ended).toMatchObject({ code, out: '', err: expect.stringMatching(words) })
  expect(readdirSync(env.BURSAR_HOME).filter((name) => name.startsWith('out'))).toEqual([])
  expect(await startCommand(env, ...argv).ended).toMatchObject({
    code: 0,
    err: expect.stringContaining('Resumed an earlier payment')
  })
  expect(payments()).toBe(1)
})

it('an interruption before anything is paid ends with 130', async () => {
  let interrupt = (): void => {}
  const { url, payments } = await startPaidServer({ '/x': () => interrupt() })
  const running = startCommand(newEnv(), 'pay', `${url}/x`, '--max-amount', '1')
  interrupt = () => running.child.kill('SIGINT')
  expect(await running.ended).toMatchObject({ code: 130, out: '' })
  expect(payments()).toBe(0)
})

it.each([
  ['wallet', /^Interrupted while the prepaid balance may be charged\. .*bursar history.*bursar balance/],
  ['auto', /^Interrupted while the prepaid balance may be charged\. .*bursar history.*bursar balance/],
  ['key', /^Interrupted while an account may be charged\. .*bursar history/]
])(
  'a text that is billed by %s and interrupted is said to be charged, not paid for',
  async (billing, words) => {
    let interrupt = (): void => {}
    const { url, payments } = await startPaidServer({ '/v1/chat/completions': () => interrupt() })
    const env = { ...newEnv(), KATANA_URL: url, KATANA_API_KEY: 'key:secret' }
    const running = startCommand(env, 'chat', 'Hi', '--billing', billing, '--max-amount', '1')
    interrupt = () => running.child.kill('SIGINT')
    const { code, out, err } = await running.ended
    expect({ code, out }).toEqual({ code: 5, out: '' })
    expect(err).toMatch(words)
    expect(err).not.toMatch(/payment/)
    expect(payments()).toBe(0)
  }
)
