import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest'

/** Bundles a module for browsers as a site would, with what is loaded later in files of its own. */
async function bundle(path: string, folder: string): Promise<void> {
  await build({
    entryPoints: [fileURLToPath(new URL(path, import.meta.url))],
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    outdir: folder,
    entryNames: 'page',
    logLevel: 'error'
  })
}

/** A site of one empty page and its scripts. */
async function serve(folder: string): Promise<Server> {
  const site = createServer(({ url = '/' }, response) => {
    if (url.endsWith('.js'))
      return response
        .setHeader('content-type', 'text/javascript')
        .end(readFileSync(join(folder, url.slice(1))))
    return response
      .setHeader('content-type', 'text/html')
      .end('<title>A page that pays</title><script type="module" src="/page.js"></script>')
  }).listen(0, '127.0.0.1')
  await once(site, 'listening')
  return site
}

/** A page of a site, and what went wrong there. */
export interface OpenPage {
  readonly page: Page
  readonly problems: string[]
}

/**
 * Starts Chromium and a site for the tests of one file, and stops both after.
 *
 * @param path of the module that the site runs, from this folder.
 * @param global what the module sets when it is ready.
 */
export function useModule(path: string, global: string): { open(): Promise<OpenPage> } {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-site-'))
  let [site, browser]: [Server?, Browser?] = []
  beforeAll(async () => {
    await bundle(path, folder)
    site = await serve(folder)
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  })
  afterAll(async () => {
    await browser?.close()
    site?.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return {
    async open() {
      const running = site && browser ? { site, browser } : expect.unreachable()
      const page = await running.browser.newPage()
      onTestFinished(() => page.close())
      const problems: string[] = []
      page.on('pageerror', ({ message }) => problems.push(message))
      await page.goto(`http://127.0.0.1:${(running.site.address() as AddressInfo).port}/`)
      await page.waitForFunction((name) => name in globalThis, global)
      return { page, problems }
    }
  }
}
