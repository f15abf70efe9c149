import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { codexModel, isCodex, openCodexHome } from './codex-home.js'

it('C15: Codex has settings of its own while it runs, which nobody else can read', async () => {
  const settings = { url: 'http://127.0.0.1:8402', model: 'gpt-5-4-mini', tokenVariable: 'BURSAR_TOKEN' }
  const home = await openCodexHome(settings)
  const file = join(home.path, 'config.toml')
  const lines = readFileSync(file, 'utf8').split('\n')
  expect(lines).toEqual(
    expect.arrayContaining([
      'model = "gpt-5-4-mini"',
      'model_provider = "bursar"',
      'base_url = "http://127.0.0.1:8402/v1"',
      'env_key = "BURSAR_TOKEN"',
      'wire_api = "responses"'
    ])
  )
  expect(statSync(file).mode & 0o077).toBe(0)
  await home[Symbol.asyncDispose]()
  expect(existsSync(home.path)).toBe(false)
})

it('C15: Codex is known however it is started', () => {
  for (const command of [
    ['codex'],
    ['/opt/bin/codex', 'exec'],
    ['npx', '-y', '@openai/codex@0.171.0', 'exec'],
    ['codex.exe']
  ])
    expect(isCodex(command), command.join(' ')).toBe(true)
  for (const command of [['claude', '-p', 'x'], ['/home/codex/run.sh'], ['my-codex-tool'], []])
    expect(isCodex(command), command.join(' ')).toBe(false)
})

it('C15: Codex asks for a small model of OpenAI where nobody says', () => {
  expect(codexModel(['claude-x', 'gpt-5-4', 'gpt-5-4-mini', 'gpt-5-5'])).toBe('gpt-5-4-mini')
  expect(codexModel(['claude-x', 'openai/gpt-4.1', 'openai/gpt-5.4'])).toBe('openai/gpt-5.4')
  expect(codexModel(['qwen3-6-flash', 'gen'])).toBe('qwen3-6-flash')
  expect(codexModel([])).toBeUndefined()
})
