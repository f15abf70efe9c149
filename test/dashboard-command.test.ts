import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { startCommand } from './command.js'
import { letIn, send } from './dashboard-page.js'

/** `bursar dashboard`, as users start it. */
async function start(...argv: string[]) {
  const home = mkdtempSync(join(tmpdir(), 'bursar-dashboard-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const command = startCommand({ BURSAR_HOME: home }, 'dashboard', '--port', '0', ...argv)
  onTestFinished(() => void command.child.kill('SIGKILL'))
  await expect.poll(command.out).toContain('\n')
  return command
}

it('prints a link that lets a browser in, and ends with everything that it serves when it is interrupted', async () => {
  const command = await start()
  const link = command.out().trim()
  expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/)
  const { base } = await letIn(link)
  const { origin } = new URL(link)
  const { status, text } = await send(`${base}/api/snapshot`)
  expect([status, JSON.parse(text).recent]).toEqual([200, []])
  const balances = JSON.parse((await send(`${base}/api/balances`)).text)
  expect(balances.note).toContain('There is no account')
  command.child.kill('SIGINT')
  const { code, err } = await command.ended
  expect(code).toBe(0)
  expect(err).toMatch(/A browser was let in\. For another one: http:\/\/127\.0\.0\.1:\d+\/\?token=/)
  await expect(send(`${origin}/`)).rejects.toThrow()
})

it('writes its link as JSON, and ends while a page listens', async () => {
  const command = await start('--json')
  const { url } = JSON.parse(command.out())
  const { base } = await letIn(url)
  const listening = send(`${base}/api/events`).catch(() => 'cut')
  await expect.poll(async () => (await send(`${base}/api/snapshot`)).status).toBe(200)
  command.child.kill('SIGTERM')
  expect((await command.ended).code).toBe(0)
  await listening
})
