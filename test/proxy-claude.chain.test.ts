import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stackTest } from '@bursar/gateway/vitest'
import { expect, onTestFinished } from 'vitest'
import { claudeCodeBody } from './claude-code-body.js'
import { startCommand } from './command.js'

const test = stackTest({ solana: false })

/** A folder of the test. */
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-child-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** What README says, from the verb to the program. */
function readmeLine(program: string): readonly string[] {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const line = new RegExp(`bursar -- (proxy [^#\\n]*) -- ${program}\\b`).exec(readme)?.[1]
  return line?.split(' ') ?? expect.unreachable(`README has no line with ${program}`)
}

/** A program that sends what Claude Code sends, as its environment says. */
const claude = (bodies: string) => `
import { readFileSync } from 'node:fs'
const { ANTHROPIC_BASE_URL: url, ANTHROPIC_AUTH_TOKEN: token } = process.env
const answers = []
await fetch(url, { method: 'HEAD' })
for (const [variable, body] of JSON.parse(readFileSync(${JSON.stringify(bodies)}, 'utf8'))) {
  const answer = await fetch(url + '/v1/messages?beta=true', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer ' + token, 'anthropic-version': '2023-06-01' },
    body: JSON.stringify({ ...body, model: process.env[variable] })
  })
  const text = await answer.text()
  const cost = answer.headers.get('x-bursar-cost')
  answers.push({ model: process.env[variable], status: answer.status, cost, said: text.includes('hired'), text: text.slice(0, 300) })
}
console.log(JSON.stringify(answers))
`

test('C2: README’s line with Claude Code answers its first prompts within the limits that it states', async ({
  stack
}) => {
  const folder = newFolder()
  const bodies = join(folder, 'bodies.json')
  const big = claudeCodeBody('', { maxTokens: 64_000 })
  expect(JSON.stringify(big).length).toBeGreaterThan(100_000)
  const asked = [
    ['ANTHROPIC_MODEL', claudeCodeBody('')],
    ['ANTHROPIC_DEFAULT_OPUS_MODEL', big],
    ['ANTHROPIC_DEFAULT_HAIKU_MODEL', claudeCodeBody('')]
  ]
  writeFileSync(bodies, JSON.stringify(asked))
  const program = join(folder, 'claude.mjs')
  writeFileSync(program, claude(bodies))
  const wallet = await stack.newWallet('5')
  const argv = [...readmeLine('claude'), '--port', '0', '--', process.execPath, program]
  const { code, out, err } = await startCommand(wallet.env, ...argv).ended
  expect(code, err).toBe(0)
  const answers = JSON.parse(out) as { status: number; said: boolean; cost: string }[]
  expect(answers, err).toMatchObject(asked.map(() => ({ status: 200, said: true })))
  const spent = answers.reduce((sum, { cost }) => sum + Number(cost), 0)
  expect(spent).toBeLessThan(0.5)
  expect(err).toMatch(
    /^\d\d:\d\d:\d\d {2}default {2}\/v1\/messages {2}200 {2}\d+ ms {2}0\.\d+ USDC from the prepaid balance$/m
  )
  expect(err).toMatch(
    /In all: 0\.\d+ USDC from the prepaid balance; [\d.]+ USDC was put on the prepaid balance\.\n$/
  )
})

const codex = `#!/usr/bin/env node
const { readFileSync } = require('node:fs')
const { join } = require('node:path')
const { CODEX_HOME, BURSAR_TOKEN, NO_PROXY } = process.env
const config = readFileSync(join(CODEX_HOME, 'config.toml'), 'utf8')
const value = (name) => JSON.parse(new RegExp('^' + name + ' = (.*)$', 'm').exec(config)[1])
const ask = async () => {
  const input = [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Reply with exactly: hired' }] }]
  const answer = await fetch(value('base_url') + '/responses', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer ' + process.env[value('env_key')] },
    body: JSON.stringify({ model: value('model'), input, stream: true, store: false, max_output_tokens: 64 })
  })
  console.log(JSON.stringify({ home: CODEX_HOME, noProxy: NO_PROXY, status: answer.status, text: await answer.text() }))
}
ask()
`

test('C15: Codex is started with settings that lead it here, and that are removed with it', async ({
  stack
}) => {
  const program = join(newFolder(), 'codex')
  writeFileSync(program, codex, { mode: 0o755 })
  const limits = ['--max-amount', '0.5', '--limit', 'day=1']
  const { code, out, err } = await startCommand(stack.env, 'proxy', '--port', '0', ...limits, '--', program)
    .ended
  expect(code, err).toBe(0)
  const { home, noProxy, status, text } = JSON.parse(out)
  expect([status, noProxy.includes('127.0.0.1')]).toEqual([200, true])
  expect(text).toContain('response.completed')
  expect(text).toContain('hired')
  expect(() => readFileSync(join(home, 'config.toml'))).toThrow('ENOENT')
})
