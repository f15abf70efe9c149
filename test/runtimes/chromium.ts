import { chromium } from 'playwright-core'
import type { Results } from './suite/check.js'
import type { World } from './suite/world.js'

/** What the page's script leaves. */
interface PageGlobals {
  runSuite(world: World): Promise<Results>
}

/** Runs the suite in a page of Chromium, from another origin than the services that it pays. */
export async function runChromium(world: World): Promise<Results> {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  try {
    const page = await browser.newPage()
    await page.goto(world.controlUrl)
    return await page.evaluate((world) => (globalThis as unknown as PageGlobals).runSuite(world), world)
  } finally {
    await browser.close()
  }
}
