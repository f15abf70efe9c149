import { memoryLedger } from '@bursar/ledger'
import { expect, it } from 'vitest'
import { buy } from '../dashboard-ledger.js'
import { openDashboard } from '../dashboard-page.js'
import { barriers, filledLedger, shownText, startChromium, visit } from './dashboard-browser.js'

const balances = async () => ({
  rows: [
    { kind: 'wallet', name: 'Base', place: '0x1111', amount: '41.25', gas: '0.002 ETH', isTest: false },
    { kind: 'wallet', name: 'Solana', place: '9xQe', problem: 'No endpoint answers', isTest: false },
    { kind: 'prepaid', name: 'katana', place: 'from Base', amount: '3.5', isTest: false }
  ] as const,
  note: ''
})
const limits = () => ({
  payment: '0.25',
  day: '5',
  total: '10',
  hosts: { 'kat.imgnai.com': { payment: '0.1', month: '90' } },
  perHost: { week: '40' }
})

it('P52: each panel shows what the ledger has', async () => {
  const { ledger, clock } = await filledLedger()
  const { dashboard } = await openDashboard({ ledger, clock, balances, limits, local: ['Base'] })
  const { page, problems } = await visit(await startChromium(), dashboard)
  const panel = (name: string) => page.getByRole('region', { name, exact: true })
  const figures = await shownText(panel('Spending').locator('dl'))
  expect(figures).toMatch(/In flight\s+0\.252 USD/)
  expect(await panel('Spending').locator('svg[role="img"]').getAttribute('aria-label')).toMatch(
    /^Spend by day: 30 days\. The most was \d+\.\d+ USD on /
  )
  for (const title of ['By model, in USD', 'By agent, in USD', 'By host, in USD'])
    expect(
      await panel('Spending').getByRole('table', { name: title }).getByRole('row').count()
    ).toBeGreaterThan(2)
  const open = panel('Open payments')
  expect(await shownText(open.getByRole('table', { name: 'Paid and not answered' }))).toContain('undelivered')
  expect(await open.getByRole('table', { name: 'In flight' }).getByRole('row').count()).toBe(3)
  expect(await shownText(panel('Limits'))).toMatch(/total\s+0\.00 left of 10\.00\s*used up/)
  const ofHost = /kat\.imgnai\.com: month\s+\d+\.\d+ left of 90\.00[\s\S]*api\.venice\.ai, as each host: week/
  expect(await shownText(panel('Limits'))).toMatch(ofHost)
  expect(await page.getByText('Base: read at an endpoint on this machine').count()).toBe(1)
  const held = panel('Balances').getByRole('row')
  await expect.poll(() => held.count()).toBe(4)
  expect(await shownText(held.nth(2))).toMatch(/Solana\s+9xQe\s+unknown\s+No endpoint answers/)
  expect(await panel('Jobs').getByRole('listitem').count()).toBe(4)
  expect(await panel('Newest purchases').getByRole('row').count()).toBe(21)
  const test = page.getByRole('region', { name: /^Test money/ })
  expect(await shownText(test)).toMatch(/worth nothing[\s\S]*0\.03/)
  expect(await shownText(test.getByRole('region', { name: 'Limits on test money' }))).toMatch(
    /total\s+9\.97 left/
  )
  expect(problems).toEqual([])
})

it('shows what happens on the ledger as it happens, and asks nobody else for anything', async () => {
  const { dashboard, ledger } = await openDashboard()
  const { page, requested, problems } = await visit(await startChromium(), dashboard)
  expect(await page.getByText('Nothing was bought yet.').count()).toBe(1)
  expect(await barriers(page)).toEqual([])
  await buy(ledger, { id: 'now', host: 'new.example', path: '/fresh', cost: 70_000n }, 'settled', 'answered')
  await page.getByText('new.example/fresh').waitFor()
  const byHost = page.getByRole('table', { name: 'By host, in USD' })
  await expect.poll(() => shownText(byHost)).toContain('0.07')
  await ledger.freeze('by another process')
  await page.getByRole('main').getByText('by another process').waitFor()
  expect(requested.filter((url) => !url.startsWith(`${dashboard.origin}/`))).toEqual([])
  expect(problems).toEqual([])
})

it('says that it is disconnected, and that the ledger cannot be read, and goes on by itself', async () => {
  const ledger = memoryLedger()
  let isDown = false
  const status = () => (isDown ? Promise.reject(new TypeError('down')) : ledger.status())
  const { dashboard } = await openDashboard({ ledger: { ...ledger, status } })
  const { page } = await visit(await startChromium(), dashboard)
  isDown = true
  await page.getByText('the ledger cannot be read').waitFor()
  await page.reload()
  await page.getByRole('alert').getByText('This cannot be shown now').waitFor()
  expect(await barriers(page)).toEqual([])
  isDown = false
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('heading', { name: 'Spending', exact: true }).waitFor()
  await dashboard.stop()
  await page.getByText('disconnected: the command does not answer').waitFor()
})

it.each(['light', 'dark'] as const)('has no barrier and fits the screen, %s', async (colorScheme) => {
  const { ledger, clock } = await filledLedger()
  await ledger.freeze('a key may be known')
  const { dashboard } = await openDashboard({ ledger, clock, balances, limits })
  const browser = await startChromium()
  for (const width of [390, 1440]) {
    const { page } = await visit(browser, dashboard, { colorScheme, viewport: { width, height: 900 } })
    await page.getByText('No endpoint answers').waitFor()
    await page.getByText('As a table').first().click()
    expect(await barriers(page)).toEqual([])
    const [wide, high] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
    expect(wide).toBeLessThanOrEqual(high ?? 0)
    await page.getByRole('button', { name: 'Thaw …' }).click()
    expect(await barriers(page)).toEqual([])
  }
})

it('moves nothing for those who asked for less motion', async () => {
  const { dashboard } = await openDashboard()
  const { page } = await visit(await startChromium(), dashboard, { reducedMotion: 'reduce' })
  const moving = await page.evaluate(
    () =>
      [...document.querySelectorAll('*')].filter((each) => {
        const { transitionDuration, animationName } = getComputedStyle(each)
        return animationName !== 'none' || !/^0s(?:, 0s)*$/.test(transitionDuration)
      }).length
  )
  expect(moving).toBe(0)
})
