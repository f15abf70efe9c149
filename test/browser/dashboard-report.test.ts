import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { renderReport } from '@bursar/dashboard'
import { expect, it, onTestFinished } from 'vitest'
import { buy } from '../dashboard-ledger.js'
import { barriers, filledLedger, startChromium } from './dashboard-browser.js'

it('P52: a report is read from the disk, without a script and without a network', async () => {
  const { ledger, clock } = await filledLedger()
  const hostile =
    '</style></script><script>globalThis.ran = 1</script><img src=x onerror="globalThis.ran = 1">'
  await buy(ledger, {
    id: 'hostile',
    host: 'a.example',
    path: `/${hostile}`,
    cost: 5n,
    labels: { model: hostile }
  })
  const folder = mkdtempSync(join(tmpdir(), 'bursar-report-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'report.html')
  writeFileSync(file, await renderReport({ ledger, clock, limits: () => ({ payment: '0.25', day: '5' }) }))
  const browser = await startChromium()
  const reader = await browser.newPage({ javaScriptEnabled: false, viewport: { width: 390, height: 900 } })
  await reader.goto(String(pathToFileURL(file)))
  expect(await reader.getByRole('heading', { name: 'Spending', exact: true }).isVisible()).toBe(true)
  expect(await reader.getByText('img src=x').first().isVisible()).toBe(true)
  const page = await browser.newPage()
  const [requested, problems]: [string[], string[]] = [[], []]
  page.on('request', (request) => requested.push(request.url()))
  page.on('console', (message) => problems.push(message.text()))
  await page.goto(String(pathToFileURL(file)))
  expect(await page.evaluate(() => 'ran' in globalThis)).toBe(false)
  // The style that the policy names is the one that is there.
  expect(
    await page
      .locator('.panel')
      .first()
      .evaluate((panel) => getComputedStyle(panel).borderRadius)
  ).toBe('10px')
  expect(await barriers(page)).toEqual([])
  expect(requested).toHaveLength(1)
  expect(problems).toEqual([])
})
