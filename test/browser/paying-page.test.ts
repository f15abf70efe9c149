import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { chromium, type Page } from 'playwright-core'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { expect, it, onTestFinished } from 'vitest'
import { imageRequest, type Stack, useStack } from '../stack.js'

const stack = useStack()

/** What the page's own script leaves for the tests. */
type PageGlobals = typeof globalThis & { readonly bursar: typeof import('bursar/evm') }

/** Bundles for browsers as a site would, with what is loaded later in files of its own. */
async function bundle(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-page-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  await build({
    stdin: {
      contents: "import * as bursar from 'bursar/evm'; globalThis.bursar = bursar",
      resolveDir: fileURLToPath(new URL('..', import.meta.url))
    },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    outdir: folder,
    entryNames: 'page',
    logLevel: 'error'
  })
  return folder
}

/** A site: its page, its scripts, and behind the same origin the service that it buys from. */
async function serveSite({ gateway }: Stack): Promise<string> {
  const folder = await bundle()
  const site = createServer(async (request, response) => {
    const { url = '/', method = 'GET' } = request
    if (url === '/')
      return response
        .setHeader('content-type', 'text/html')
        .end('<title>A page that pays</title><script type="module" src="/page.js"></script>')
    if (url.endsWith('.js'))
      return response
        .setHeader('content-type', 'text/javascript')
        .end(readFileSync(join(folder, url.slice(1))))
    const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)])
    const kept = headers.filter(([name]) => !['host', 'connection', 'content-length'].includes(name ?? ''))
    try {
      const body = method === 'GET' ? null : await bytesOf(request)
      const answer = await fetch(gateway.url + url, { method, headers: Object.fromEntries(kept), body })
      response.writeHead(answer.status, Object.fromEntries(answer.headers))
      return response.end(new Uint8Array(await answer.arrayBuffer()))
    } catch {
      return request.socket.destroy()
    }
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void site.close())
  await once(site, 'listening')
  return `http://127.0.0.1:${(site.address() as AddressInfo).port}/`
}

async function bytesOf(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(request as never).arrayBuffer())
}

/** Chromium on the site, and what goes wrong there. */
async function openSite(): Promise<{ page: Page; problems: string[] }> {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  onTestFinished(() => browser.close())
  const page = await browser.newPage()
  const problems: string[] = []
  page.on('pageerror', ({ message }) => problems.push(message))
  await page.goto(await serveSite(stack))
  await page.waitForFunction(() => 'bursar' in globalThis)
  return { page, problems }
}

async function fundedKey(): Promise<{ key: `0x${string}`; address: `0x${string}` }> {
  const key = generatePrivateKey()
  const { address } = privateKeyToAccount(key)
  await stack.chain.mint(address, 1_000_000n)
  return { key, address }
}

it('a page buys an image with the bundle for browsers, once', async () => {
  const { page, problems } = await openSite()
  const { key, address } = await fundedKey()
  const bought = await page.evaluate(
    async ({ key, body }) => {
      const { createBursar, receiptOf } = (globalThis as PageGlobals).bursar
      const bursar = createBursar({ evm: key, limits: { payment: '0.25' }, ledger: 'memory' })
      const headers = { 'content-type': 'application/json' }
      const response = await bursar.fetch('/v1/generation-requests?wait=false', {
        method: 'POST',
        headers,
        body
      })
      const { request_id } = await response.json()
      return { status: response.status, id: request_id, receipt: receiptOf(response)?.moneyState }
    },
    { key, body: String(imageRequest('from a page').body) }
  )
  expect(bought).toEqual({ status: 200, id: expect.any(String), receipt: 'settled' })
  expect(await stack.chain.authorizationsUsed(address)).toHaveLength(1)
  expect(problems).toEqual([])
})

it('a page whose answer is lost learns from the chain that it has paid, and the same call pays nothing', async () => {
  const { page, problems } = await openSite()
  const { key, address } = await fundedKey()
  const outcomes = await page.evaluate(
    async ({ key, body, rpcUrl }) => {
      const { createBursar } = (globalThis as PageGlobals).bursar
      const bursar = createBursar({
        evm: key,
        limits: { payment: '0.25' },
        ledger: 'memory',
        rpcUrls: { 'eip155:8453': rpcUrl },
        resend: { times: 0 }
      })
      const buy = async (fault: Record<string, string>): Promise<unknown> => {
        const headers = { 'content-type': 'application/json', ...fault }
        const init = { method: 'POST', headers, body }
        try {
          return (await bursar.fetch('/v1/generation-requests?wait=false', init)).status
        } catch (error) {
          const { code, moneyState } = error as { code?: unknown; moneyState?: unknown }
          return [code, moneyState]
        }
      }
      return [await buy({ 'X-Gateway-Fault': 'answer-lost-after-settling*9' }), await buy({})]
    },
    { key, body: String(imageRequest('lost on its way').body), rpcUrl: stack.chain.rpcUrl }
  )
  expect(outcomes).toEqual([['payment/settled-answer-lost', 'settled'], 200])
  expect(await stack.chain.authorizationsUsed(address)).toHaveLength(1)
  expect(problems).toEqual([])
})
