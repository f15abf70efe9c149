import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { type Bursar, createBursar } from 'bursar'
import { expect, onTestFinished } from 'vitest'
import { newFolder, problemsOf } from './compile-snippet.js'
import { sellerOf } from './interop/mcp-sellers/connect.js'
import { ATOMIC_PRICE, sellerConfig, sellerTest as test } from './interop/sellers/seller-test.js'

const page = readFileSync(new URL('../docs/guides/mcp.md', import.meta.url), 'utf8')
const [, code = ''] = /<!-- paying:start -->\n```ts\n([\s\S]*?)```/.exec(page) ?? []

/** What the page's module exports. */
interface Page {
  callOnce(bursar: Bursar, transport: StdioClientTransport, name: string): Promise<unknown>
}

test('the page’s example pays for a tool once, in a function of few lines that compiles by the strictest settings', async ({
  stack,
  wallets,
  facilitator
}) => {
  const [, example = ''] = code.split('\n\n')
  expect(example.trim().split('\n').length).toBeLessThanOrEqual(10)
  expect(await problemsOf(code)).toEqual([])
  const file = `${await newFolder()}/call-once.ts`
  await writeFile(file, code)
  const { callOnce } = (await import(file)) as Page
  const payee = await stack.newWallet('0')
  const bursar = createBursar({ ...wallets.options, limits: { payment: '0.05', total: '1' } })
  onTestFinished(() => bursar.close())
  const config = sellerConfig(stack, { facilitator, payee, version: 2 })
  const transport = new StdioClientTransport(sellerOf('official', config))
  expect(await callOnce(bursar, transport, 'base')).toEqual([{ type: 'text', text: 'sold' }])
  expect(await payee.base?.balance()).toBe(ATOMIC_PRICE)
})
