import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { expect, it } from 'vitest'
import { bundleForWeb } from '../ledgers/bundle.js'
import { useStack } from '../stack.js'
import { openBrowser, openTab, serveScript } from './ledger-site.js'

const stack = useStack()

/** What the page's own script leaves for the test. */
type Globals = typeof globalThis & {
  readonly buy: (key: string, url: string) => Promise<readonly [outcome: unknown, moneyState: unknown]>
}

const script = `
  import { createBursar } from 'bursar/evm'
  import { indexedDbLedger } from 'bursar/indexed-db'
  globalThis.buy = async (evm, url) => {
    const bursar = createBursar({ evm, limits: { payment: '0.05', day: '0.05' }, ledger: indexedDbLedger() })
    try {
      const response = await bursar.fetch(url)
      return [response.status, bursar.receiptOf(response)?.moneyState]
    } catch (error) {
      return [error.code ?? String(error), error.moneyState]
    } finally {
      await bursar.close()
    }
  }
  globalThis.ready = true`

it('P35: the limit of a page holds when it is loaded again, and in another tab', async () => {
  const url = await serveScript(await bundleForWeb(script))
  const browser = await openBrowser(['--disable-web-security'])
  const key = generatePrivateKey()
  const { address } = privateKeyToAccount(key)
  await stack.chain.mint(address, 1_000_000n)
  const page = await openTab(browser, url)
  const buyIn = (tab: typeof page, path: string) =>
    tab.evaluate(([key, url]) => (globalThis as Globals).buy(key, url), [
      key,
      stack.gateway.url + path
    ] as const)
  const outcomes: unknown[] = []
  while (outcomes.length < 20) {
    const [outcome] = await buyIn(page, `/standard/v2/report?${outcomes.length}`)
    outcomes.push(outcome)
    if (outcome !== 200) break
  }
  expect(outcomes.at(-1)).toBe('offer/over-limit')
  expect(outcomes.length).toBeGreaterThan(1)
  await page.reload()
  await page.waitForFunction(() => 'ready' in globalThis)
  const other = await openTab(browser, url)
  for (const tab of [page, other])
    expect(await buyIn(tab, '/standard/v2/report?again')).toEqual(['offer/over-limit', 'none'])
  expect(await stack.chain.authorizationsUsed(address)).toHaveLength(outcomes.length - 1)
})
