import { expect, it } from 'vitest'
import { openDashboard } from '../dashboard-page.js'
import { barriers, filledLedger, shownText, startChromium, visit } from './dashboard-browser.js'

/** A page that is used without a mouse. */
async function atKeyboard() {
  const { ledger, clock } = await filledLedger()
  const { dashboard } = await openDashboard({ ledger, clock })
  const { page, problems } = await visit(await startChromium(), dashboard)
  const focused = () =>
    page.evaluate(() => {
      const { activeElement: element } = document
      const hasOutline = element !== null && getComputedStyle(element).outlineStyle !== 'none'
      return { name: element?.textContent || element?.getAttribute('name') || '', hasOutline }
    })
  return { ledger, page, problems, focused }
}

it('everything can be reached by Tab, and what has the focus is marked', async () => {
  const { page, focused } = await atKeyboard()
  const count = await page.locator('a[href]:visible, button:not(:disabled):visible, summary:visible').count()
  const reached: string[] = []
  for (let index = 0; index < count; index++) {
    await page.keyboard.press('Tab')
    const { name, hasOutline } = await focused()
    expect(hasOutline, name).toBe(true)
    reached.push(name)
  }
  expect(reached.slice(0, 3)).toEqual(['To the content', 'Freeze …', 'As a table'])
  expect(reached).toContain('Read again')
})

it('freezes and thaws by keyboard, behind a dialog that keeps the focus and gives it back', async () => {
  const { ledger, page, problems, focused } = await atKeyboard()
  await page.getByRole('button', { name: 'Freeze …' }).focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Freeze all payments?' })
  await dialog.waitFor()
  expect(await shownText(dialog)).toContain('No process on this ledger pays')
  expect((await focused()).name).toBe('reason')
  expect(await barriers(page)).toEqual([])
  for (let index = 0; index < 8; index++) {
    await page.keyboard.press('Tab')
    const isInside = await page.evaluate(() => {
      const { activeElement: element } = document
      return element === document.body || element?.closest('dialog') !== null
    })
    expect(isInside).toBe(true)
  }
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
  expect((await focused()).name).toBe('Freeze …')
  expect((await ledger.status()).frozen).toBeUndefined()
  await page.keyboard.press('Enter')
  await page.keyboard.type('a key may be known')
  await page.keyboard.press('Enter')
  await page.getByText('Frozen: nothing is paid').waitFor()
  expect((await ledger.status()).frozen).toMatchObject({ reason: 'a key may be known' })
  await page.getByRole('button', { name: 'Thaw …' }).focus()
  await page.keyboard.press('Enter')
  expect(await shownText(page.getByRole('dialog'))).toContain('a key may be known')
  await page.getByRole('button', { name: 'Let payments go on' }).press('Enter')
  await page.getByText('Frozen: nothing is paid').waitFor({ state: 'detached' })
  expect((await ledger.status()).frozen).toBeUndefined()
  expect(problems).toEqual([])
})
