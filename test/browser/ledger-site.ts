import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { onTestFinished } from 'vitest'

/** Serves one page with one script. @returns its URL. */
export async function serveScript(script: string): Promise<string> {
  const site = createServer(({ url }, response) =>
    url === '/page.js'
      ? response.setHeader('content-type', 'text/javascript').end(script)
      : response
          .setHeader('content-type', 'text/html')
          .end('<title>A page with a ledger</title><script type="module" src="/page.js"></script>')
  ).listen(0, '127.0.0.1')
  onTestFinished(() => void site.close())
  await once(site, 'listening')
  return `http://127.0.0.1:${(site.address() as AddressInfo).port}/`
}

/** A browser whose tabs share their storage. */
export async function openBrowser(args: readonly string[] = []): Promise<BrowserContext> {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', ...args]
  })
  onTestFinished(() => browser.close())
  return browser.newContext()
}

/** A tab whose script has run. */
export async function openTab(browser: BrowserContext, url: string): Promise<Page> {
  const page = await browser.newPage()
  await page.goto(url)
  await page.waitForFunction(() => 'ready' in globalThis)
  return page
}
