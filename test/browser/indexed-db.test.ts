import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { bundleForWeb } from '../ledgers/bundle.js'
import type { ContractResults } from '../ledgers/small-vitest.js'
import { openBrowser, openTab, serveScript } from './ledger-site.js'

/** What the page's own script leaves for the tests. */
interface LedgerPage {
  contract(): Promise<ContractResults>
  /** What every store passes that forgets, and is backed up. */
  care(): Promise<ContractResults>
  /** Restores into a database what is no backup of one, or over one that is there. Says what was thrown, and what is used then. */
  restoreWrongly(): Promise<readonly (string | undefined)[]>
  backup(): Promise<readonly number[]>
  restore(backup: readonly number[]): Promise<void>
  /** Reserves and settles until the budget is full, and says how many it has settled. */
  fill(name: string): Promise<number>
  /** Signs, and never ends its call. */
  sign(id: string): Promise<void>
  /** Looks for an equal call until it is known what became of it. */
  resume(id: string): Promise<readonly [kind: string, header: string | undefined, waits: number]>
  /** Notes that the ledger was compared with the chain. */
  reconciled(): Promise<void>
  /** What is gone of the budget. */
  used(): Promise<string>
}

type Globals = typeof globalThis & { readonly page: LedgerPage }

const script = `
  import { backupLedger, indexedDbLedger, pruneLedger, restoreLedger } from '@bursar/ledger/indexed-db'
  import { ledgerCareContract, ledgerContract } from '@bursar/ledger/testing'
  import { onTestFinished, runCases } from './small-vitest.ts'
  const offer = { dialect: 'x402-v2', network: 'eip155:8453', asset: '0xa', payTo: '0xb', amountAtomic: 7n, cost: 7n }
  const budgets = [{ name: 'total', limit: 1000n }]
  const reservation = (id) => ({ kind: 'payment', id, fingerprint: id, method: 'GET', origin: 'https://a.example',
    path: '/', payer: '0xc', offer, guards: { budgets }, labels: {} })
  const payment = { network: 'eip155:8453', asset: '0xa', payer: '0xc', payTo: '0xb', amountAtomic: 7n, reference: '0xd',
    expiresAtSeconds: 4000000000, expiry: 4000000000n, payload: {} }
  const signed = { type: 'signed', payment, header: { name: 'PAYMENT-SIGNATURE', value: 'bytes' } }
  let opened = 0
  const ledger = indexedDbLedger()
  async function settleOne(id) {
    try { await ledger.reserve(reservation(id), { sign: () => signed }) } catch (error) {
      if (error.code === 'offer/over-limit') return 0
      throw error
    }
    await ledger.recordEvent(id, { type: 'settled' })
    await ledger.recordEvent(id, { type: 'answered' })
    return 1
  }
  globalThis.page = {
    contract() {
      ledgerContract('indexedDbLedger', (clock) => indexedDbLedger({ name: 'contract ' + opened++, clock }))
      return runCases()
    },
    care() {
      ledgerCareContract('indexedDbLedger', (clock) => {
        const place = () => ({ name: 'care ' + opened++, clock })
        const original = place()
        return {
          ledger: indexedDbLedger(original),
          prune: (keepMs) => pruneLedger({ ...original, keepMs }),
          async restoreElsewhere() {
            const copy = place()
            await restoreLedger({ name: copy.name, backup: await backupLedger(original) })
            const restored = indexedDbLedger(copy)
            onTestFinished(() => restored.close())
            return restored
          }
        }
      })
      return runCases()
    },
    async restoreWrongly() {
      await ledger.reserve(reservation('1'), { sign: () => signed })
      const backup = await backupLedger()
      const into = async (name, backup) =>
        (await restoreLedger({ name, backup }).catch((error) => error))?.context?.reason
      const thrown = [await into('empty', backup.slice(0, -20)), await into('bursar-ledger', backup)]
      const [{ used }] = await indexedDbLedger({ name: 'empty' }).usage(budgets)
      return [...thrown, String(used)]
    },
    backup: async () => [...(await backupLedger())],
    restore: (backup) => restoreLedger({ backup: new Uint8Array(backup) }),
    async fill(name) {
      const settled = await Promise.all(Array.from({ length: 100 }, (_, index) => settleOne(name + index)))
      return settled.reduce((sum, one) => sum + one, 0)
    },
    async sign(id) {
      await ledger.reserve(reservation(id), { sign: () => signed })
    },
    async resume(id) {
      const query = { fingerprint: id, windowMs: 60_000 }
      let found = await ledger.resume(query)
      let waits = 0
      for (; found.kind === 'wait'; found = await ledger.resume({ ...query, look: found.look })) {
        waits++
        await new Promise((go) => setTimeout(go, found.askAgainMs))
      }
      return [found.kind, found.purchase?.bytes?.header.value, waits]
    },
    reconciled: () => ledger.markReconciled(),
    async used() {
      const [usage] = await ledger.usage(budgets)
      return String(usage.used)
    }
  }
  globalThis.ready = true`

async function openSite() {
  const url = await serveScript(await bundleForWeb(script))
  const browser = await openBrowser()
  return { tab: () => openTab(browser, url) }
}

const usedIn = (tab: Page): Promise<string> => tab.evaluate(() => (globalThis as Globals).page.used())

it('P35: indexedDbLedger passes what every store passes, in Chromium', async () => {
  const { tab } = await openSite()
  const page = await tab()
  const { passed, failed } = await page.evaluate(() => (globalThis as Globals).page.contract())
  expect(failed).toEqual([])
  expect(passed).toBeGreaterThan(100)
})

it('P92: indexedDbLedger forgets, and is restored, as every store is, in Chromium', async () => {
  const { tab } = await openSite()
  const page = await tab()
  const { passed, failed } = await page.evaluate(() => (globalThis as Globals).page.care())
  expect(failed).toEqual([])
  expect(passed).toBeGreaterThan(7)
})

it('P92: what was cut is not restored, nor anything over purchases that are there', async () => {
  const { tab } = await openSite()
  const page = await tab()
  expect(await page.evaluate(() => (globalThis as Globals).page.restoreWrongly())).toEqual([
    expect.stringMatching(/^line \d+ of its backup is damaged, or was cut$/),
    'a backup is restored into an empty ledger, and this one has purchases',
    '0'
  ])
})

it('P92: in another browser, a restored page carries on what was out with the same bytes, and its budget is as it was', async () => {
  const [first, second] = [await openSite(), await openSite()]
  const page = await first.tab()
  await page.evaluate(() => (globalThis as Globals).page.sign('out'))
  const backup = await page.evaluate(() => (globalThis as Globals).page.backup())
  const other = await second.tab()
  await other.evaluate((backup) => (globalThis as Globals).page.restore(backup), backup)
  expect(await usedIn(other)).toBe('7')
  const resumed = await other.evaluate(() => (globalThis as Globals).page.resume('out'))
  expect(resumed.slice(0, 2)).toEqual(['resumed', 'bytes'])
  await expect(other.evaluate(() => (globalThis as Globals).page.sign('new'))).rejects.toThrow(
    /restored from a backup/
  )
})

it('P35: two tabs together fill a budget exactly, and it stays full when they are loaded again', async () => {
  const { tab } = await openSite()
  const tabs = await Promise.all([tab(), tab()])
  const fill = (page: Page, name: string): Promise<number> =>
    page.evaluate((name) => (globalThis as Globals).page.fill(name), name)
  const settled = await Promise.all(tabs.map((page, index) => fill(page, `tab${index}-`)))
  // 1000 = 142 x 7 + 6: one more would pass it, and one less would leave room that somebody was denied.
  expect(settled.reduce((sum, one) => sum + one, 0)).toBe(142)
  for (const page of tabs) {
    await page.reload()
    await page.waitForFunction(() => 'ready' in globalThis)
    expect(await usedIn(page)).toBe('994')
    expect(await fill(page, 'again-')).toBe(0)
  }
})

it('P35: the call of a tab that was closed after it had signed is resumed by another at once, with the same bytes', async () => {
  const { tab } = await openSite()
  const [first, second] = [await tab(), await tab()]
  await first.evaluate(() => (globalThis as Globals).page.sign('closed'))
  expect(await usedIn(second)).toBe('7')
  await first.close()
  const resumed = await second.evaluate(() => (globalThis as Globals).page.resume('closed'))
  expect(resumed.slice(0, 2)).toEqual(['resumed', 'bytes'])
  expect(await usedIn(second)).toBe('7')
})

it("P35: the call of a tab that is at work is nobody else's", async () => {
  const { tab } = await openSite()
  const [first, second] = [await tab(), await tab()]
  await first.evaluate(() => (globalThis as Globals).page.sign('at work'))
  const found = await second.evaluate(() => (globalThis as Globals).page.resume('at work'))
  expect(found).toEqual(['nothing', undefined, expect.any(Number)])
})

it('P35: a page that is loaded again resumes what it had signed, at once', async () => {
  const { tab } = await openSite()
  const page = await tab()
  await page.evaluate(() => (globalThis as Globals).page.sign('reloaded'))
  await page.reload()
  await page.waitForFunction(() => 'ready' in globalThis)
  const resumed = await page.evaluate(() => (globalThis as Globals).page.resume('reloaded'))
  expect(resumed).toEqual(['resumed', 'bytes', 0])
})

it('a ledger whose database the browser has removed pays nothing until it was compared with the chain', async () => {
  const { tab } = await openSite()
  const page = await tab()
  await page.evaluate(() => (globalThis as Globals).page.sign('paid'))
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        // As Chromium does where the disk is full; it leaves the other data of the site.
        indexedDB.deleteDatabase('bursar-ledger').onsuccess = () => resolve()
      })
  )
  for (let loads = 0; loads < 2; loads++) {
    await page.reload()
    await page.waitForFunction(() => 'ready' in globalThis)
    await expect(page.evaluate(() => (globalThis as Globals).page.sign('paid'))).rejects.toThrow(
      /has removed the database .* compared with the chain/
    )
  }
  await page.evaluate(() => (globalThis as Globals).page.reconciled())
  await page.reload()
  await page.waitForFunction(() => 'ready' in globalThis)
  await page.evaluate(() => (globalThis as Globals).page.sign('another'))
  expect(await usedIn(page)).toBe('7')
})
