import type { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startGateway } from '@bursar/gateway'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startCommand } from './command.js'
import { useStack } from './stack.js'

const stack = useStack()

/** A home with a funded account, and a gateway of its own whose jobs take a while. */
async function newHome() {
  const home = mkdtempSync(join(tmpdir(), 'bursar-jobs-'))
  onTestFinished(() => rmSync(home, { recursive: true }))
  const gateway = await startGateway({
    base: stack.chain,
    katana: { generationMs: 1500, accounts: [{ key: 'dev', secret: 'local', credits: '100' }] }
  })
  onTestFinished(() => gateway.stop())
  const key = generatePrivateKey()
  const { address } = privateKeyToAccount(key)
  await stack.chain.mint(address, 5_000_000n)
  const env = {
    PATH: process.env.PATH ?? '',
    BURSAR_HOME: home,
    EVM_PRIVATE_KEY: key,
    BURSAR_RPC_BASE: stack.chain.rpcUrl,
    KATANA_URL: gateway.url,
    KATANA_API_KEY: 'dev:local'
  }
  const start = (...argv: string[]) => startCommand(env, ...argv).child
  const bursar = (...argv: string[]) => startCommand(env, ...argv).ended
  await bursar('limits', 'set', 'payment=0.60')
  const paid = () => stack.chain.authorizationsUsed(address)
  return { home, gateway, bursar, start, paid }
}

/** Starts a command, kills it after a time, and waits until it is gone. */
async function kill(
  start: (...argv: string[]) => ReturnType<typeof spawn>,
  argv: readonly string[],
  ms: number
) {
  const child = start(...argv)
  const gone = new Promise((resolve) => child.once('exit', resolve))
  await sleep(ms)
  child.kill('SIGKILL')
  await gone
}

/** Starts a command, and kills it as soon as there is a file that says what is about to be bought. */
async function killOnceBegun(
  start: (...argv: string[]) => ReturnType<typeof spawn>,
  argv: readonly string[],
  folder: string
) {
  const child = start(...argv)
  const gone = new Promise((resolve) => child.once('exit', resolve))
  const hasBegun = () => existsSync(folder) && readdirSync(folder).some((name) => name.endsWith('.json'))
  await expect.poll(hasBegun, { interval: 5 }).toBe(true)
  child.kill('SIGKILL')
  await gone
}

const commands = [
  ['image', ['image', 'A lighthouse', '-o']],
  ['video', ['video', 'A wave', '-o']]
] as const

describe.each(commands)('bursar %s', (verb, command) => {
  it('killed at any instant and run again goes on where it was, pays once, and saves what was made', async () => {
    const { home, bursar, start, paid } = await newHome()
    const argv = [...command, join(home, 'out')]
    for (const ms of [150, 300, 450, 600, 750]) await kill(start, argv, ms)
    // A busy machine may have begun nothing yet.
    await killOnceBegun(start, argv, join(home, 'jobs'))
    const done = await bursar(...argv)
    expect(done, done.err).toMatchObject({ code: 0 })
    expect(done.err).toContain('going on where it was')
    expect(readdirSync(join(home, 'out'))).toHaveLength(1)
    expect(await paid()).toHaveLength(1)
    expect(readdirSync(join(home, 'jobs'))).toEqual([])
    // And now it is another.
    expect((await bursar(...argv)).err).not.toContain('going on')
    expect(await paid()).toHaveLength(2)
  })

  it('killed while its answer is on the way has paid for it, and says so', async () => {
    const { home, bursar, start, paid, gateway } = await newHome()
    const argv = [...command, join(home, 'out')]
    gateway.faults.next('slow', { delayMs: 6_000, when: 'settled', leg: 'paid' })
    const child = start(...argv)
    await expect.poll(paid, { interval: 10 }).toHaveLength(1)
    child.kill('SIGKILL')
    const [waiting] = JSON.parse((await bursar('jobs', '--json')).out).jobs
    expect(waiting).toMatchObject({ job: null, state: `cut off: bursar ${verb} again` })
    const done = await bursar(...argv)
    expect(done, done.err).toMatchObject({ code: 0 })
    expect(await paid()).toHaveLength(1)
  })
})

it('bursar topup, killed while its answer is on the way, is credited once', async () => {
  const { bursar, start, paid, gateway } = await newHome()
  gateway.faults.next('answer-lost-after-settling')
  const child = start('topup', '0.5')
  await expect.poll(paid, { interval: 5 }).toHaveLength(1)
  child.kill('SIGKILL')
  expect(await bursar('topup', '0.5')).toMatchObject({
    code: 0,
    out: '0.5 USDC credited; the balance is 0.5 USDC.\n'
  })
  expect(await paid()).toHaveLength(1)
})

it('what was begun is not forgotten while nothing may be paid', async () => {
  const { home, bursar, start, paid, gateway } = await newHome()
  const argv = ['image', 'A lighthouse', '-o', join(home, 'out')]
  gateway.faults.next('slow', { delayMs: 6_000, when: 'settled', leg: 'paid' })
  const child = start(...argv)
  await expect.poll(paid, { interval: 10 }).toHaveLength(1)
  child.kill('SIGKILL')
  // What the next call says of the money is true of that call alone.
  await bursar('freeze', 'a test')
  expect(await bursar(...argv)).toMatchObject({ code: 5, err: expect.stringContaining('ledger/frozen') })
  await bursar('thaw')
  const done = await bursar(...argv)
  expect(done, done.err).toMatchObject({ code: 0, err: expect.stringContaining('going on where it was') })
  expect(await paid()).toHaveLength(1)
})

it('what was begun is not forgotten when the service knows its own address no more', async () => {
  const { home, bursar, start, paid, gateway } = await newHome()
  const argv = ['image', 'A lighthouse', '-o', join(home, 'out')]
  gateway.faults.next('slow', { delayMs: 6_000, when: 'settled', leg: 'paid' })
  const child = start(...argv)
  await expect.poll(paid, { interval: 10 }).toHaveLength(1)
  child.kill('SIGKILL')
  const { port } = new URL(gateway.url)
  await gateway.stop()
  const lost = createServer((_, response) => void response.writeHead(404).end()).listen(
    Number(port),
    '127.0.0.1'
  )
  onTestFinished(() => void lost.close())
  expect((await bursar(...argv)).code).not.toBe(0)
  expect(JSON.parse((await bursar('jobs', '--json')).out).jobs).toMatchObject([
    { job: null, prompt: 'A lighthouse' }
  ])
})

it('a prepaid balance that does not hold what a text can cost is left alone', async () => {
  const { bursar, paid } = await newHome()
  expect((await bursar('topup', '0.05')).code).toBe(0)
  const words = ['chat', 'Reply with exactly: direct', '--max-tokens', '32']
  expect(await bursar(...words)).toMatchObject({ code: 0, out: 'direct\n' })
  expect(await paid()).toHaveLength(2)
  expect((await bursar('topup', '0.5')).code).toBe(0)
  expect(await bursar(...words)).toMatchObject({ code: 0, out: 'direct\n' })
  expect(await paid()).toHaveLength(3)
})

it('a job that failed for good does not keep its command from buying again', async () => {
  const { home, bursar, paid, gateway } = await newHome()
  for (const times of [1, 2]) {
    gateway.faults.next('job-fails', { leg: 'paid' })
    const failed = await bursar('image', 'A mug', '-o', join(home, 'out'))
    expect(failed.err).toContain('job/failed')
    expect(await paid()).toHaveLength(times)
  }
  expect(readdirSync(join(home, 'jobs'))).toEqual([])
})

it('what is rejected leaves nothing to go on with', async () => {
  const { home, bursar, paid } = await newHome()
  const refused = await bursar('image', 'A mug', '--max-amount', '0.001', '-o', home)
  expect(refused).toMatchObject({ code: 3, err: expect.stringContaining('offer/over-limit') })
  expect(await bursar('image', 'A mug', '--model', 'no-such-model')).toMatchObject({ code: 1 })
  expect((await bursar('jobs')).out).toBe('There are no jobs.\n')
  expect(await paid()).toEqual([])
})

it('jobs are listed and resumed, also by somebody else', async () => {
  const { home, bursar } = await newHome()
  const made = await bursar('image', 'A lighthouse', '-o', join(home, 'out'), '--json')
  const { job, files } = JSON.parse(made.out)
  expect((await bursar('jobs')).out).toMatch(new RegExp(`${job} +gen +bought`))
  const again = await bursar('jobs', 'resume', job, '-o', join(home, 'again'))
  expect(readFileSync(again.out.trim())).toEqual(readFileSync(files[0].path))
})

it('bursar chat has text whole where x402 pays, and as it is written where an account is billed', async () => {
  const { bursar, paid, gateway } = await newHome()
  const words = ['chat', 'Reply with exactly: good morning', '--max-tokens', '32']
  expect(await bursar(...words)).toMatchObject({ code: 0, out: 'good morning\n' })
  expect(await paid()).toHaveLength(1)
  expect(await bursar(...words, '--billing', 'key')).toMatchObject({ code: 0, out: 'good morning\n' })
  expect(gateway.requests.at(-1)).toMatchObject({ path: '/v1/chat/completions', paid: false })
  expect(JSON.parse((await bursar(...words, '--json')).out)).toMatchObject({
    choices: [{ finish_reason: 'stop' }]
  })
  expect(await bursar(...words, '--billing', 'x')).toMatchObject({ code: 2 })
  expect(await bursar('video', 'x', '--duration', 'long')).toMatchObject({ code: 2 })
})
