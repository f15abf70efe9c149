/**
 * Opens every page of the built site in Chromium, on a telephone and on a wide screen, and reports what a reader would stumble
 * over: a page that scrolls sideways, a table that is cut on a wide screen, a narrow column, a script or file that fails.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { chromium, type Page } from 'playwright-core'

const folder = 'docs/.vitepress/dist'
const widths = [390, 1440]
/** The column of text on a wide screen, in pixels: lines of code of 90 characters fit. */
const MIN_COLUMN = 750

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json'
}

const server = createServer(({ url = '/' }, response) => {
  const path = join(folder, decodeURIComponent(new URL(url, 'http://site').pathname))
  if (!existsSync(path) || statSync(path).isDirectory()) return void response.writeHead(404).end()
  response.setHeader('content-type', types[extname(path)] ?? 'application/octet-stream')
  response.end(readFileSync(path))
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const { port } = server.address() as AddressInfo
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
try {
  const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.html')
  )
  const problems: string[] = []
  for (const width of widths) problems.push(...(await lookAt(pages, width)))
  for (const problem of problems) process.stderr.write(`${problem}\n`)
  process.stdout.write(`site: ${pages.length} pages looked at, ${problems.length} problems\n`)
  process.exitCode = problems.length === 0 && pages.length > 100 ? 0 : 1
} finally {
  await browser.close()
  server.close()
}

async function lookAt(pages: readonly string[], width: number): Promise<readonly string[]> {
  const page = await browser.newPage({ viewport: { width, height: 900 } })
  let path = ''
  const found = new Set<string>()
  const report = (problem: string): void => void found.add(`${path}, ${width} pixels wide: ${problem}`)
  page.on('console', (message) => {
    if (message.type() === 'error') report(message.text())
  })
  page.on('pageerror', (error) => report(error.message))
  for (path of pages) {
    await page.goto(`http://127.0.0.1:${port}/${path}`)
    for (const problem of await stumblesOf(page)) report(problem)
  }
  await page.close()
  return [...found]
}

/** What a reader of a page would stumble over. */
function stumblesOf(page: Page): Promise<readonly string[]> {
  return page.evaluate((minColumn) => {
    const shown = document.documentElement.clientWidth
    const isWide = shown > 1280
    const tables = [...document.querySelectorAll('.vp-doc table')]
    const cut = tables.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1).length
    const column = document.querySelector('.VPDoc.has-aside .content-container')?.clientWidth
    return [
      ...(document.documentElement.scrollWidth > shown ? ['it scrolls sideways'] : []),
      ...(isWide && cut > 0 ? [`${cut} of its tables do not fit`] : []),
      ...(isWide && column !== undefined && column < minColumn ? [`its text is ${column} pixels wide`] : [])
    ]
  }, MIN_COLUMN)
}
