import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import type { Bursar, Receipt } from 'bursar'
import { beforeEach, expect, it, onTestFinished } from 'vitest'
import { newFolder, problemsOf } from './compile-snippet.js'
import { fundWallet, useStack } from './stack.js'

const stack = useStack()
const page = readFileSync(new URL('../docs/guides/your-own-service.md', import.meta.url), 'utf8')
const [, code = ''] = /<!-- service:start -->\n```ts\n([\s\S]*?)```/.exec(page) ?? []

/** What the page's module exports. */
interface Page {
  createReports(
    bursar: Bursar,
    options: { readonly baseUrl: string; readonly maxPrice?: bigint }
  ): {
    price(topic: string): Promise<string | undefined>
    read(topic: string): Promise<{ readonly text: string; readonly receipt: Receipt | undefined }>
  }
}

let createReports: Page['createReports']
beforeEach(async () => {
  const file = `${await newFolder()}/reports.ts`
  await writeFile(file, code)
  ;({ createReports } = (await import(file)) as Page)
})

async function open(maxPrice?: bigint) {
  const { bursar, address } = await fundWallet(stack)
  onTestFinished(() => bursar.close())
  const baseUrl = `${stack.gateway.url}/standard/v2/report`
  return {
    bursar,
    address,
    reports: createReports(bursar, maxPrice === undefined ? { baseUrl } : { baseUrl, maxPrice })
  }
}

it("the page's service has forty lines, and compiles by the strictest settings", async () => {
  expect(code.trim().split('\n').length).toBeLessThanOrEqual(40)
  expect(await problemsOf(code)).toEqual([])
})

it("the page's service tells its price, and sells a report once", async () => {
  const { bursar, address, reports } = await open()
  expect(await reports.price('tides')).toBe('0.01')
  const { text, receipt } = await reports.read('tides')
  expect(JSON.parse(text)).toMatchObject({ report: 'paid', query: '?topic=tides' })
  expect(receipt).toMatchObject({ amount: '0.01', moneyState: 'settled' })
  await expect(reports.read('tides')).rejects.toMatchObject({ code: 'purchase/already-settled' })
  expect(await stack.chain.authorizationsUsed(address)).toHaveLength(1)
  for await (const { labels } of bursar.history()) expect(labels).toEqual({ service: 'reports' })
})

it("the page's service pays nothing above its own maximum", async () => {
  const { address, reports } = await open(9_999n)
  await expect(reports.read('tides')).rejects.toMatchObject({ code: 'offer/none-usable', moneyState: 'none' })
  expect(await stack.chain.authorizationsUsed(address)).toEqual([])
})
