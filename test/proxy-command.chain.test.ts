import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { stackTest } from '@bursar/gateway/vitest'
import { describe, expect, onTestFinished } from 'vitest'
import { startCommand } from './command.js'

const test = stackTest({ solana: false })

function start(env: object, ...argv: string[]) {
  const started = startCommand(env, ...argv)
  onTestFinished(() => void started.child.kill('SIGKILL'))
  return started
}

/** What an agent's program does: it knows an address and a token. */
const agent = `
  const { OPENAI_BASE_URL: url, OPENAI_API_KEY: token, ...env } = process.env
  const body = JSON.stringify({
    model: 'qwen3-6-flash', max_tokens: 20, messages: [{ role: 'user', content: 'Reply with exactly: hired' }]
  })
  const headers = { 'content-type': 'application/json', authorization: 'Bearer ' + token }
  const answer = await fetch(url + '/chat/completions', { method: 'POST', body, headers })
  const { choices, error } = await answer.json()
  console.log(JSON.stringify({ said: choices?.[0].message.content, code: error?.code, env }))
`
const run = ['--', process.execPath, '--input-type=module', '-e', agent] as const

describe('bursar proxy', () => {
  test('runs a program that pays through it and sees no key', async ({ stack }) => {
    const { code, out, err } = await start(
      stack.env,
      'proxy',
      '--port',
      '0',
      '--max-amount',
      '0.5',
      '--limit',
      'total=5',
      ...run
    ).ended
    const { said, env } = JSON.parse(out) as { said: string; env: Record<string, string> }
    expect([code, said]).toEqual([0, 'hired'])
    expect(Object.keys(env).filter((name) => /KEY|BURSAR/.test(name))).toEqual(['ANTHROPIC_API_KEY'])
    expect(out).not.toContain(stack.env.EVM_PRIVATE_KEY)
    expect(err).toMatch(/default {2}paid 0\.\d+ USDC to 127\.0\.0\.1/)
    expect(err).not.toContain(env.ANTHROPIC_API_KEY)
    const history = await start(stack.env, 'history', '--label', 'agent=default', '--json').ended
    // The balance was tried first, and is in the record as well.
    const rows = history.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(rows.map(({ state }) => state)).toEqual(['settled', 'released'])
    const labels = { agent: 'default', model: 'qwen3-6-flash' }
    expect(rows).toEqual(rows.map(() => expect.objectContaining({ labels: expect.objectContaining(labels) })))
  })

  test('holds an agent to its own limit, and nobody can raise it from outside', async ({ stack }) => {
    const argv = [
      'proxy',
      '--port',
      '0',
      '--max-amount',
      '0.5',
      '--limit',
      'total=5',
      '--agent',
      'poor=total:0.000001',
      ...run
    ]
    const { out } = await start(stack.env, ...argv).ended
    expect(JSON.parse(out)).toMatchObject({ code: 'offer/over-limit' })
  })

  test('prints tokens to paste, none of which ps shows, and ends when it is interrupted', async ({
    stack
  }) => {
    const argv = [
      'proxy',
      '--port',
      '0',
      '--max-amount',
      '0.5',
      '--limit',
      'total=5',
      '--agent',
      'a',
      '--agent',
      'b=day:1'
    ]
    const env = { ...stack.env, BURSAR_PROXY_TOKEN: 'a-token-that-stays' }
    const { child, ended, out } = start(env, ...argv)
    await expect.poll(out).toMatch(/# a\n(?:export .*\n){5,}# b\n(?:export .*\n){5,}/)
    // The token that was given stands by its name: a shell that has the variable takes the lines, and another says so.
    const [linesOfA = ''] = out().split('# b')
    const paste = (own: object) =>
      spawnSync('sh', ['-c', `${linesOfA}\nprintf %s "$OPENAI_API_KEY"`], {
        env: { ...own },
        encoding: 'utf8'
      })
    expect(paste({ BURSAR_PROXY_TOKEN: 'a-token-that-stays' }).stdout).toBe('a-token-that-stays')
    expect(paste({})).toMatchObject({
      stdout: '',
      stderr: expect.stringContaining('is the token of the proxy')
    })
    const [, second = ''] = /OPENAI_API_KEY='(bursar_[\w-]{32})'/.exec(out()) ?? []
    expect(second).not.toBe('')
    const seen = readFileSync(`/proc/${child.pid}/cmdline`, 'utf8')
    for (const secret of [second, 'a-token-that-stays', stack.env.EVM_PRIVATE_KEY as string])
      expect(seen).not.toContain(secret)
    child.kill('SIGINT')
    expect((await ended).code).toBe(0)
    expect(out()).not.toContain('a-token-that-stays')
  })

  test('says what is wrong before it listens', async ({ stack }) => {
    for (const argv of [
      ['--service', 'x'],
      ['--service', 'tokenhub', '--port', 'x'],
      ['--agent', 'a=often:1'],
      ['--agent', 'a b']
    ])
      expect(
        (await start(stack.env, 'proxy', '--max-amount', '1', '--limit', 'total=5', ...argv).ended).code,
        argv.join(' ')
      ).toBe(2)
    expect((await start(stack.env, 'proxy').ended).err).toContain('--max-amount')
  })
})
