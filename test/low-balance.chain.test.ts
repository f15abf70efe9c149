import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { BASE } from '@bursar/core'
import type { Stack, StackWallets } from '@bursar/gateway'
import { stackTest } from '@bursar/gateway/vitest'
import { newWebhookSecret } from '@bursar/webhook'
import { type BursarEvent, createBursar } from 'bursar'
import { Webhook } from 'standardwebhooks'
import { describe, expect, onTestFinished } from 'vitest'
import { startCommand } from './command.js'
import { until } from './until.js'

const test = stackTest({ solana: false })

let bought = 0
const report = ({ gateway }: Stack) => `${gateway.url}/standard/v2/report?usdc=0.05&copy=${++bought}`

/** A node that says what was asked of it, and answers as soon as it may. */
async function slowNode(rpcUrl: string) {
  const asked: string[] = []
  let open: () => void = () => {}
  const mayAnswer = new Promise<void>((resolve) => (open = resolve))
  const server = createServer(async (request, response) => {
    const body = await text(request)
    asked.push(body)
    await mayAnswer
    const headers = { 'content-type': 'application/json' }
    response.end(await (await fetch(rpcUrl, { method: 'POST', headers, body })).text())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, open }
}

/** Receives what is posted, and verifies it. */
async function newReceiver(home: string) {
  const received: { readonly type: string; readonly data: object }[] = []
  const secret = newWebhookSecret()
  const server = createServer(async (request, response) => {
    const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)])
    received.push(Object(new Webhook(secret).verify(await text(request), Object.fromEntries(headers))))
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  writeFileSync(join(home, 'secret'), secret, { mode: 0o600 })
  const env = {
    BURSAR_NOTIFY_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    BURSAR_NOTIFY_SECRET_FILE: join(home, 'secret'),
    BURSAR_NOTIFY_EVENTS: 'balance.low'
  }
  return { env, received }
}

/** A wallet of 0.2 USDC, and a policy that calls less than 0.13 too little. */
async function newHome(stack: Stack) {
  const home = mkdtempSync(join(tmpdir(), 'bursar-low-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const wallets = await stack.newWallet('0.2')
  const policy = { limits: { payment: '0.06', day: '9' }, lowBalance: { wallet: '0.13' } }
  writeFileSync(join(home, 'policy.json'), JSON.stringify(policy), { mode: 0o600 })
  return { home, wallets, env: { ...wallets.env, BURSAR_HOME: home } }
}

const addressOf = ({ base }: StackWallets) => base?.address ?? expect.unreachable()

describe('a wallet whose USDC falls below what the policy names', () => {
  test('is told once, by an event, and no call waits for the look at its balance', async ({ stack }) => {
    const wallets = await stack.newWallet('0.2')
    const node = await slowNode(stack.base?.rpcUrl ?? expect.unreachable())
    const bursar = createBursar({
      ...wallets.options,
      rpcUrls: { [BASE]: node.url },
      limits: { payment: '0.06' },
      lowBalance: { wallet: '0.13' }
    })
    onTestFinished(() => bursar.close())
    const told: BursarEvent[] = []
    bursar.on('balance-low', (event) => told.push(event))
    const buy = async () => expect((await bursar.fetch(report(stack))).status).toBe(200)
    await buy()
    await buy()
    // Two answers are here, and the node has answered nothing.
    await until(() => node.asked.length > 0)
    expect(told).toEqual([])
    node.open()
    await until(() => told.length > 0)
    expect(told[0]).toMatchObject({
      network: BASE,
      account: addressOf(wallets),
      amount: '0.1',
      below: '0.13'
    })
    const looks = node.asked.length
    await buy()
    expect([told.length, node.asked.length]).toEqual([1, looks])
    await bursar.balances()
    expect(told).toHaveLength(1)
  })

  test('is told by bursar watch, and by its webhook, also where another process pays', async ({ stack }) => {
    const { home, wallets, env } = await newHome(stack)
    const receiver = await newReceiver(home)
    const watching = startCommand({ ...env, ...receiver.env }, 'watch', '--json', '--notify')
    onTestFinished(() => void watching.child.kill('SIGKILL'))
    await until(() => watching.err().includes('Watching.'))
    for (const _ of [1, 2])
      expect(await startCommand(env, 'pay', report(stack)).ended).toMatchObject({ code: 0 })
    await until(() => receiver.received.length > 0)
    const low = { network: BASE, account: addressOf(wallets), amount: '0.1', asset: 'USDC', below: '0.13' }
    expect(receiver.received).toMatchObject([{ type: 'balance.low', data: low }])
    const lines = () =>
      watching
        .out()
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
    const falls = () => lines().filter(({ change }) => change === 'balance-low')
    await until(() => falls().length > 0)
    expect(falls()).toMatchObject([{ ...low, host: '' }])
    expect((await startCommand(env, 'balance').ended).err).toMatch(
      /wallet on Base holds less than lowBalance/
    )
    watching.child.kill('SIGINT')
    expect(await watching.ended).toMatchObject({ code: 0 })
  })

  test('is told once by a proxy, whose agents share it, and by its webhook', async ({ stack }) => {
    const { home, env } = await newHome(stack)
    const receiver = await newReceiver(home)
    const agents = ['--agent', 'one=day:1.00', '--agent', 'other=day:1.00']
    const service = ['--upstream', `${stack.gateway.url}/standard/v2`]
    const proxy = startCommand(
      { ...env, ...receiver.env },
      'proxy',
      '--port',
      '0',
      '--json',
      ...agents,
      ...service
    )
    onTestFinished(() => void proxy.child.kill('SIGKILL'))
    await until(() => proxy.out().includes('\n'))
    const started = JSON.parse(proxy.out())
    for (const { env: agent } of [...started.agents, ...started.agents]) {
      const headers = { authorization: `Bearer ${agent.OPENAI_API_KEY}` }
      const url = `${started.url}/report?usdc=0.05&copy=${++bought}`
      expect((await fetch(url, { headers })).status).toBe(200)
    }
    await until(() => receiver.received.length > 0 && proxy.err().includes(' low '))
    expect(
      proxy.err().match(/\d\d {2}low .* USDC left of the wallet 0x\w+ on Base, below 0\.13\n/g)
    ).toHaveLength(1)
    proxy.child.kill('SIGINT')
    await proxy.ended
    expect(receiver.received).toHaveLength(1)
  })
})
