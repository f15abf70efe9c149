import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { RunningDashboard } from '@bursar/dashboard'
import { memoryLedger } from '@bursar/ledger'
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { fillLedger, movableClock } from '../dashboard-ledger.js'

/** A ledger with a month of work in it, and the present. */
export async function filledLedger() {
  const clock = movableClock()
  const ledger = memoryLedger({ clock })
  await fillLedger(ledger, clock)
  return { ledger, clock }
}

/** Starts Chromium, in which names that end in `.example` lead to this machine. */
export async function startChromium(): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--host-resolver-rules=MAP *.example 127.0.0.1']
  })
  onTestFinished(() => browser.close())
  return browser
}

/** A page on the dashboard, what it requested, and what went wrong on it. */
export interface Visit {
  readonly page: Page
  readonly requested: readonly string[]
  readonly problems: readonly string[]
}

/** Opens the link of a dashboard, and waits for what it shows. */
export async function visit(
  browser: Browser,
  { link }: Pick<RunningDashboard, 'link'>,
  options: BrowserContextOptions = {}
): Promise<Visit> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const requested: string[] = []
  const problems: string[] = []
  page.on('request', (request) => requested.push(request.url()))
  page.on('pageerror', ({ message }) => problems.push(message))
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
  await page.goto(link)
  await page.getByRole('heading', { name: 'Spending', exact: true }).waitFor()
  return { page, requested, problems }
}

/** The text of an element as the page shows it, once it is there: a line break between its rows, a tab between its cells. */
export async function shownText(element: Locator): Promise<string> {
  await element.waitFor()
  return (await element.allInnerTexts()).join('\n')
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface AxeResults {
  readonly violations: readonly {
    readonly id: string
    readonly nodes: readonly { readonly html: string }[]
  }[]
}

interface AxeGlobals {
  readonly axe: { run(): Promise<AxeResults> }
}

/** What is wrong for those who use a keyboard or a screen reader, by the rules of axe. */
export async function barriers(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe)
  const { violations } = await page.evaluate(() => (globalThis as unknown as AxeGlobals).axe.run())
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
}
