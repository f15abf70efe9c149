import { mkdtempSync, rmSync } from 'node:fs'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Ledger } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import { sqliteLedger } from '@bursar/ledger/sqlite'
import { expect, it, onTestFinished } from 'vitest'
import { buy } from './dashboard-ledger.js'
import { letIn, openDashboard } from './dashboard-page.js'

/** Listens as a page does. */
async function listen(base: string) {
  const seen: string[] = []
  let hasEnded = false
  const request = get(`${base}/api/events`, { agent: false }, (response) => {
    response.setEncoding('utf8').on('data', (text: string) => seen.push(text))
    response.on('close', () => {
      hasEnded = true
    })
  })
  request.on('error', () => undefined)
  onTestFinished(() => void request.destroy())
  await expect.poll(() => seen.join('')).toContain('event: hello')
  return { text: () => seen.join(''), hasEnded: () => hasEnded, close: () => request.destroy() }
}

it('tells an open page what another process buys, and that it was frozen', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-events-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const open = (): Ledger => {
    const ledger = sqliteLedger({ path: join(folder, 'ledger.sqlite') })
    onTestFinished(() => ledger.close())
    return ledger
  }
  const other = open()
  await buy(other, { id: 'before', host: 'a.example', cost: 1n }, 'settled', 'answered')
  const { dashboard } = await openDashboard({ ledger: open() })
  const { base } = await letIn(dashboard.link)
  const page = await listen(base)
  await buy(other, { id: 'elsewhere', host: 'b.example', cost: 5n }, 'sent')
  await expect.poll(page.text).toContain('"id":"elsewhere"')
  await other.recordEvent('elsewhere', { type: 'settled' })
  await expect.poll(page.text).toMatch(/"id":"elsewhere"[^}]*"state":"settled"/)
  await other.freeze('why not')
  await expect.poll(() => page.text().match(/event: changed/g)?.length).toBeGreaterThanOrEqual(3)
  expect(page.text()).not.toContain('"id":"before"')
})

/** A ledger that counts what it is asked. */
function counted() {
  let asked = 0
  const ledger = memoryLedger()
  const usage = (...query: Parameters<Ledger['usage']>) => {
    asked++
    return ledger.usage(...query)
  }
  return { ledger: { ...ledger, usage }, asked: () => asked }
}

it('looks at the ledger only while a page is open', async () => {
  const { ledger, asked } = counted()
  const { dashboard } = await openDashboard({ ledger })
  const { base } = await letIn(dashboard.link)
  expect(asked()).toBe(0)
  const page = await listen(base)
  await expect.poll(asked).toBeGreaterThan(0)
  page.close()
  await expect.poll(page.hasEnded).toBe(true)
  // A look that had begun comes to its end.
  await expect
    .poll(async () => {
      const before = asked()
      await new Promise((resolve) => setTimeout(resolve, 3_500))
      return asked() - before
    })
    .toBe(0)
})

it('ends what pages listen to when it is stopped', async () => {
  const { dashboard } = await openDashboard()
  const { base } = await letIn(dashboard.link)
  const page = await listen(base)
  await dashboard.stop()
  await expect.poll(page.hasEnded).toBe(true)
})

/** A ledger whose history has one row, over and over, and that counts the rows that are read. */
async function repeating() {
  let read = 0
  const ledger = memoryLedger()
  await buy(ledger, { id: 'again', host: 'a.example', cost: 1n }, 'sent')
  async function* history(): ReturnType<Ledger['history']> {
    for await (const row of ledger.history())
      for (let index = 0; index < 500; index++) {
        read++
        yield row
      }
  }
  return { ledger: { ...ledger, history }, read: () => read }
}

it('compares fifty rows and no more, even when they are of one purchase', async () => {
  const { ledger, read } = await repeating()
  const { dashboard } = await openDashboard({ ledger })
  const { base } = await letIn(dashboard.link)
  await listen(base)
  await expect.poll(read).toBeGreaterThanOrEqual(50)
  // The ledger does not change: no later look reads of it again.
  expect(read()).toBe(50)
})
