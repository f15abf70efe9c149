import { expect, it } from 'vitest'
import { newTerminal } from '../../test/terminal.js'

it('prints what opencode needs, which is read as JSON', async () => {
  const { bursar } = newTerminal()
  const { code, out, err } = await bursar('env', 'opencode', '--port', '9000', '--model', 'claude-sonnet-4-6')
  expect([code, err]).toEqual([0, expect.stringContaining('BURSAR_PROXY_TOKEN')])
  expect(JSON.parse(out.replace(/^\/\/.*\n/, ''))).toMatchObject({
    model: 'bursar/claude-sonnet-4-6',
    provider: {
      bursar: {
        npm: '@ai-sdk/openai-compatible',
        options: { baseURL: 'http://127.0.0.1:9000/v1', apiKey: '{env:BURSAR_PROXY_TOKEN}' }
      }
    }
  })
})

it.each([
  ['codex', /^base_url = "http:\/\/127\.0\.0\.1:8402\/v1"$/m],
  ['continue', /^ {4}apiBase: http:\/\/127\.0\.0\.1:8402\/v1$/m],
  [
    'open-webui',
    /--bind 0\.0\.0\.0 --allow-host host\.docker\.internal --port 8402[\s\S]*host\.docker\.internal:8402\/v1/
  ]
])('C15: prints what %s needs, with the real port and the name of the variable', async (program, line) => {
  const { bursar } = newTerminal({ env: { BURSAR_PROXY_TOKEN: 'a-token-of-the-tests' } })
  const { code, out } = await bursar('env', program)
  expect(code).toBe(0)
  expect(out).toMatch(line)
  expect(out).toContain('BURSAR_PROXY_TOKEN')
  expect(out).not.toContain('a-token-of-the-tests')
})
