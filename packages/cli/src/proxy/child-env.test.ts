import { expect, it } from 'vitest'
import { accessFor, childEnv } from './child-env.js'

const access = { ANTHROPIC_API_KEY: 'ours', ANTHROPIC_AUTH_TOKEN: 'ours', OPENAI_API_KEY: 'ours' }
const listed = ['claude-sonnet-4-6', 'claude-opus-4-7']
const envOf = (env: Record<string, string>, url = 'http://127.0.0.1:8402') =>
  childEnv(env, { access, url, models: listed })

it('C14: a program has no other credential or place for the same services, and no key of ours', () => {
  const foreign = {
    ANTHROPIC_AUTH_TOKEN: 'theirs',
    ANTHROPIC_BASE_URL: 'https://elsewhere.example',
    ANTHROPIC_CUSTOM_HEADERS: 'x-theirs: 1',
    CLAUDE_CODE_OAUTH_TOKEN: 'theirs',
    CLAUDE_CODE_USE_BEDROCK: '1',
    CLAUDE_CODE_USE_VERTEX: '1',
    CLAUDE_CODE_USE_FOUNDRY: '1',
    OPENAI_ORG_ID: 'theirs',
    OPENAI_PROJECT_ID: 'theirs',
    OPENAI_CUSTOM_HEADERS: 'x-theirs: 1',
    CODEX_API_KEY: 'theirs',
    EVM_PRIVATE_KEY: '0x1',
    BURSAR_HOME: '/somewhere',
    OPENCLAW_API_KEY: 'theirs'
  }
  const env = envOf({ ...foreign, PATH: '/bin', CLAUDE_CODE_MAX_OUTPUT_TOKENS: '8000' })
  expect(Object.values(env)).not.toContain('theirs')
  expect(env).toMatchObject({ PATH: '/bin', CLAUDE_CODE_MAX_OUTPUT_TOKENS: '8000', ...access })
  const kept = Object.keys(foreign).filter((name) => name in env)
  expect(kept).toEqual(['ANTHROPIC_AUTH_TOKEN'])
})

it('C14: what the company’s proxy is not asked for holds what it held, and this machine', () => {
  const own = '127.0.0.1,localhost,::1'
  expect(envOf({})).toMatchObject({ NO_PROXY: own, no_proxy: own })
  const held = envOf({ NO_PROXY: 'intranet.example, 127.0.0.1', no_proxy: 'other.example' })
  expect(held.NO_PROXY).toBe('intranet.example,127.0.0.1,localhost,::1')
  expect(held.no_proxy).toBe(`other.example,${own}`)
  expect(envOf({ no_proxy: 'a.example' }).NO_PROXY).toBe(`a.example,${own}`)
  expect(envOf({}, 'http://192.168.1.5:8402').NO_PROXY).toBe(`${own},192.168.1.5`)
})

it('C14: Claude Code has one credential, of which it warns nobody, and other programs have all', () => {
  const { ANTHROPIC_API_KEY, ...others } = access
  for (const command of [
    ['claude'],
    ['/opt/claude', '-p', 'x'],
    ['npx', '@anthropic-ai/claude-code@2.1.332']
  ])
    expect(accessFor(command, access), command.join(' ')).toEqual(others)
  expect(accessFor(['my-agent', 'claude.ai/x'], access)).toEqual(access)
})

it('C12: a model of the user stays where the service has it', () => {
  expect(envOf({ ANTHROPIC_MODEL: 'claude-opus-4.7' }).ANTHROPIC_MODEL).toBe('claude-opus-4.7')
  expect(envOf({ ANTHROPIC_MODEL: 'claude-opus-4-8' }).ANTHROPIC_MODEL).toBe('claude-sonnet-4-6')
})
