import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startStack } from '@bursar/gateway'
import { memoryLedger } from '@bursar/ledger'
import { startProxy } from '@bursar/proxy'
import { chromium } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'

const TOKEN = 'a-token-of-the-tests'

/** A paying proxy, and Chromium on a page of somebody else's, where names of theirs lead to this machine. */
async function hostilePage() {
  const stack = await startStack({ solana: false })
  onTestFinished(() => stack.stop())
  const ledger = memoryLedger()
  const answered: [path: string, status: number][] = []
  const proxy = await startProxy({
    evm: stack.env.EVM_PRIVATE_KEY as `0x${string}`,
    rpcUrls: { 'eip155:8453': stack.env.BURSAR_RPC_BASE as string },
    limits: { payment: '0.5' },
    ledger,
    service: { name: 'katana', baseUrl: stack.env.KATANA_URL },
    agents: [{ name: 'default', token: TOKEN }],
    port: 0,
    onAnswered: ({ path, status }) => void answered.push([path, status])
  })
  onTestFinished(() => proxy.stop())
  const site = createServer((_, response) =>
    response.setHeader('content-type', 'text/html').end('<title>A page</title>')
  ).listen(0, '127.0.0.1')
  onTestFinished(() => void site.close())
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--host-resolver-rules=MAP *.example 127.0.0.1']
  })
  onTestFinished(() => browser.close())
  const page = await browser.newPage()
  await page.goto(`http://site.example:${(site.address() as AddressInfo).port}/`)
  const purchases = async (): Promise<number> => {
    let count = 0
    // A balance that was tried first, and had nothing, leaves a released row.
    for await (const { state } of ledger.history()) if (state !== 'released') count++
    return count
  }
  return { proxy, page, answered, purchases, asked: stack.gateway.requests }
}

const chat = JSON.stringify({
  model: 'qwen3-6-flash',
  max_tokens: 20,
  messages: [{ role: 'user', content: 'Reply with exactly: stolen' }]
})

it('a page gets nothing by fetch, not even with the token, and costs nothing', async () => {
  const { proxy, page, answered, purchases, asked } = await hostilePage()
  const got = await page.evaluate(
    async ({ url, body, token }) => {
      const json = { 'content-type': 'application/json' }
      const tries: RequestInit[] = [
        { method: 'POST', body, headers: json },
        { method: 'POST', body, headers: { ...json, authorization: `Bearer ${token}` } },
        { method: 'POST', body, headers: { ...json, 'x-api-key': token }, credentials: 'include' },
        { method: 'POST', body, mode: 'no-cors' },
        { method: 'POST', body, mode: 'no-cors', headers: { 'content-type': 'text/plain' } },
        { method: 'GET', mode: 'no-cors' },
        { method: 'GET', headers: { 'x-api-key': token } }
      ]
      const outcomes: string[] = []
      for (const each of tries)
        outcomes.push(
          await fetch(`${url}/v1/chat/completions`, each).then(
            async (answer) => `${answer.type} ${answer.status} ${await answer.text()}`,
            () => 'refused'
          )
        )
      navigator.sendBeacon(`${url}/v1/chat/completions`, new Blob([body], { type: 'text/plain' }))
      return outcomes
    },
    { url: proxy.url, body: chat, token: TOKEN }
  )
  const nothing = 'opaque 0 '
  expect(got).toEqual(['refused', 'refused', 'refused', nothing, nothing, nothing, 'refused'])
  await expect.poll(() => answered.length).toBeGreaterThanOrEqual(8)
  expect(new Set(answered.map(([, status]) => status))).toEqual(new Set([403]))
  expect([await purchases(), asked.length]).toEqual([0, 0])
})

it('a page gets nothing by a form, whatever its encoding says', async () => {
  const { proxy, page, answered, purchases, asked } = await hostilePage()
  for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']) {
    await page.evaluate(
      ({ url, body, encoding }) => {
        const form = document.createElement('form')
        Object.assign(form, { method: 'POST', action: `${url}/v1/chat/completions`, enctype: encoding })
        // A frame of its own: Chromium drops a form whose frame is about to show the answer to another.
        const frame = Object.assign(document.createElement('iframe'), { name: encoding })
        document.body.append(frame)
        form.target = encoding
        const field = document.createElement('input')
        field.name = `${body.slice(0, -1)},"x":"`
        field.value = '"}'
        form.append(field)
        document.body.append(form)
        form.submit()
      },
      { url: proxy.url, body: chat, encoding: type }
    )
    await expect.poll(() => answered.splice(0)).toEqual([['/v1/chat/completions', 403]])
  }
  expect([await purchases(), asked.length]).toEqual([0, 0])
})

it('a name that is pointed at this machine gets nothing: DNS rebinding', async () => {
  const { proxy, page, answered, purchases, asked } = await hostilePage()
  const { port } = new URL(proxy.url)
  // The page's own origin is the proxy by now, so that the browser itself holds nothing back.
  const first = await page.goto(`http://rebind.example:${port}/`)
  expect(first?.status()).toBe(403)
  const outcome = await page.evaluate(
    async ({ body, token }) => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
      const answer = await fetch('/v1/chat/completions', { method: 'POST', body, headers })
      return [answer.status, await answer.text()]
    },
    { body: chat, token: TOKEN }
  )
  expect(outcome).toEqual([403, expect.stringContaining('host_refused')])
  expect(answered.every(([, status]) => status === 403)).toBe(true)
  expect([await purchases(), asked.length]).toEqual([0, 0])
})

it('a program with the token is served meanwhile', async () => {
  const { proxy, purchases } = await hostilePage()
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}` }
  const answer = await fetch(`${proxy.url}/v1/chat/completions`, { method: 'POST', body: chat, headers })
  expect(await answer.json()).toMatchObject({ choices: [{ message: { content: 'stolen' } }] })
  expect(await purchases()).toBe(1)
})
