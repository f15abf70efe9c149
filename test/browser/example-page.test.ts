import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Stack, StackWallets } from '@bursar/gateway'
import { stackTest } from '@bursar/gateway/vitest'
import bs58 from 'bs58'
import { build } from 'esbuild'
import { chromium, type Page } from 'playwright-core'
import { describe, expect, onTestFinished } from 'vitest'
import { buildPage } from '../../examples/page/build.js'
import type { InstalledWallets } from './page-wallets/installed-wallets.js'

const test = stackTest()

/** The wallets' own script, as an extension injects it before the page's. */
async function extensionScript(keys: InstalledWallets): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('page-wallets/installed-wallets.ts', import.meta.url))],
    bundle: true,
    format: 'iife',
    platform: 'browser',
    write: false,
    define: { INSTALLED: JSON.stringify(keys) },
    logLevel: 'error'
  })
  return outputFiles[0]?.text ?? expect.unreachable()
}

interface Shop {
  readonly stack: Stack
  readonly wallets: StackWallets
}

/** Nothing is wider than a phone. */
async function expectNarrow(page: Page): Promise<void> {
  await page.setViewportSize({ width: 390, height: 800 })
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  expect(width).toBeLessThanOrEqual(390)
}

/** The example as it is built and served, in a Chromium that has two wallets. */
async function openExample({ stack, wallets }: Shop): Promise<Page> {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-example-page-'))
  const { X402_REPORT_URL: reportUrl } = stack.env
  const example = await buildPage({ reportUrl, rpcUrls: stack.options.rpcUrls, folder })
  onTestFinished(async () => {
    await example.dispose()
    rmSync(folder, { recursive: true, force: true })
  })
  const { port } = await example.serve({ host: '127.0.0.1', servedir: folder })
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  onTestFinished(() => browser.close())
  const page = await browser.newPage()
  const seed = bs58.decode(wallets.solana?.privateKey ?? expect.unreachable()).subarray(0, 32)
  const evm = wallets.base?.privateKey ?? expect.unreachable()
  await page.addInitScript(await extensionScript({ evm, seed: [...seed] }))
  await page.goto(`http://127.0.0.1:${port}/`)
  return page
}

describe('P38: the example page', () => {
  test.for(['Wallet of Base', 'Wallet of Solana'])(
    'buys a report with a %s, once',
    async (name, { stack, wallets }) => {
      const page = await openExample({ stack, wallets })
      await page.getByRole('button', { name }).click()
      await page.getByRole('button', { name: 'Pay 0.01 USDC' }).click()
      await expect.poll(() => page.getByRole('status').textContent()).toContain('Paid 0.01 USDC (settled).')
      await expect.poll(() => page.locator('#purchases li').allTextContents()).toHaveLength(1)
      await expect(wallets).toHavePaidOnce()
      await expectNarrow(page)
      await page.reload()
      await page.getByRole('button', { name }).click()
      await expect.poll(() => page.locator('#spent').textContent()).toBe('0.01 USDC in all')
    }
  )

  test('says that nothing was paid, when its visitor declines', async ({ stack, wallets }) => {
    const page = await openExample({ stack, wallets })
    await page.getByRole('button', { name: 'Wallet of Base' }).click()
    await page.evaluate(() => Reflect.get(globalThis, 'decline')())
    await page.getByRole('button', { name: 'Pay 0.01 USDC' }).click()
    await expect.poll(() => page.getByRole('status').textContent()).toBe('You declined. Nothing was paid.')
    await expect(wallets).toHaveSpent('0')
  })
})
