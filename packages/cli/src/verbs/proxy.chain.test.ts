import { once } from 'node:events'
import { request } from 'node:http'
import { stackTest } from '@bursar/gateway/vitest'
import { describe, expect } from 'vitest'
import { interrupt, scriptIn, until } from '../../test/running-server.js'
import { newStackTerminal } from '../../test/terminal.js'

const test = stackTest({ solana: false })
const limits = ['--max-amount', '0.5', '--limit', 'day=1']

const asksForText = `
const { OPENAI_BASE_URL, OPENAI_API_KEY, EVM_PRIVATE_KEY, BURSAR_HOME } = process.env
const answer = await fetch(OPENAI_BASE_URL + '/chat/completions', {
  method: 'POST',
  headers: { authorization: 'Bearer ' + OPENAI_API_KEY, 'content-type': 'application/json' },
  body: JSON.stringify({
    model: 'qwen3-6-flash',
    max_tokens: 64,
    messages: [{ role: 'user', content: 'Reply with exactly: from a program' }]
  })
})
const { choices } = await answer.json()
const isRight = choices[0].message.content === 'from a program' && !EVM_PRIVATE_KEY && !BURSAR_HOME
process.exitCode = isRight ? 42 : 1
`

describe('bursar proxy', () => {
  test('runs a program that pays through it, hands its exit code on, and gives it no key', async ({
    stack
  }) => {
    const { bursar, home, address } = await newStackTerminal(stack)
    const program = [process.execPath, scriptIn(home, asksForText)]
    const { code, out, err } = await bursar('proxy', '--port', '0', ...limits, '--', ...program)
    expect([code, out]).toEqual([42, ''])
    expect(err).toMatch(/default {2}paid 0\.\d+ USDC to 127\.0\.0\.1/)
    expect(err).toMatch(/default {2}\/v1\/chat\/completions {2}200 {2}\d+ ms/)
    expect(await stack.base?.authorizationsUsed(address)).toHaveLength(1)
  })

  test('tops the balance up for the texts of a program', async ({ stack }) => {
    const { bursar, home } = await newStackTerminal(stack)
    const rule = ['--topup', '0.4', '--topup-per-day', '0.5']
    const program = [process.execPath, scriptIn(home, asksForText)]
    expect((await bursar('proxy', '--port', '0', ...limits, ...rule, '--', ...program)).code).toBe(42)
    expect((await bursar('balance', '--json')).out).toMatch(/"service":"katana".*"usdc":"0\.39/)
  })

  test('prints what to export for each agent, and ends with 0 when it is interrupted', async ({ stack }) => {
    const { start } = await newStackTerminal(stack, { env: { BURSAR_PROXY_TOKEN: 'a-token-that-stays' } })
    const agents = ['--agent', 'research=day:0.50', '--agent', 'other']
    const running = start('proxy', '--port', '0', '--json', ...agents, ...limits)
    const { url, agents: named } = JSON.parse(await until(running, /\}\n/))
    expect(named).toMatchObject([
      { name: 'research', env: { OPENAI_API_KEY: 'a-token-that-stays' } },
      { name: 'other', env: { ANTHROPIC_BASE_URL: url } }
    ])
    interrupt()
    expect((await running.ended).code).toBe(0)
    const lines = start('proxy', '--port', '0', ...limits)
    await until(lines, /export ANTHROPIC_API_KEY="\$\{BURSAR_PROXY_TOKEN:\?.*\}"\n/)
    interrupt()
    const { code, out, err } = await lines.ended
    expect([code, out]).toEqual([0, expect.stringMatching(/^# default\nexport OPENAI_BASE_URL=/)])
    // Journals and the logs of containers keep both.
    expect(out + err).not.toContain('a-token-that-stays')
  })

  test('C50: lets in the name by which containers reach this machine', async ({ stack }) => {
    const env = { BURSAR_PROXY_TOKEN: 'a-token-that-stays' }
    const { start } = await newStackTerminal(stack, { env })
    const open = ['--bind', '0.0.0.0', '--allow-host', 'host.docker.internal']
    const running = start('proxy', '--port', '0', '--json', ...open, ...limits)
    const { agents } = JSON.parse(await until(running, /\}\n/))
    const url = agents[0].env.OPENAI_BASE_URL
    const headers = { host: 'host.docker.internal:8402', authorization: 'Bearer a-token-that-stays' }
    const sent = request(`${url}/models`, { headers }).end()
    const [response] = await once(sent, 'response')
    response.resume()
    expect(response.statusCode).toBe(200)
    interrupt()
    expect((await running.ended).code).toBe(0)
  })

  test('uses a relay with the key of its account', async ({ stack }) => {
    const { bursar, home } = await newStackTerminal(stack)
    const program = [
      process.execPath,
      scriptIn(home, asksForText.replace('qwen3-6-flash', 'claude-sonnet-4-6'))
    ]
    const started = await bursar('proxy', '--service', 'openclaw', '--port', '0', ...limits, '--', ...program)
    expect(started.code).toBe(42)
    expect((await bursar('history')).out).toMatch(/account/)
  })

  test('ends with 2 and serves nobody when it is started wrongly', async ({ stack }) => {
    const { bursar } = await newStackTerminal(stack, { env: { OPENCLAW_API_KEY: '' } })
    const wrong: [argv: string[], why: RegExp][] = [
      [['--max-amount', '0.5'], /needs a limit on a sum/],
      [['--agent', 'a', '--agent', 'a', ...limits], /two agents share one name/],
      [['--agent', 'a b', ...limits], /--agent wants a name/],
      [['--agent', 'a=day:x', ...limits], /day: .* is not an amount/],
      [['--agent', 'a=year:1', ...limits], /There is no limit "year"/],
      [['--upstream', 'api.example', ...limits], /is not a URL/],
      [['--upstream', 'https://a.example', '--url', 'https://b.example', ...limits], /leave --url out/],
      [['--service', 'venice', '--agent', 'a=day:1', ...limits], /limits of a could not hold/],
      [['--model', 'a', ...limits], /--model is WANTED=HAVE/],
      [['--bind', '0.0.0.0', ...limits], /set BURSAR_PROXY_TOKEN to a token of yours/],
      [['--allow-host', 'host.docker.internal', ...limits], /set BURSAR_PROXY_TOKEN/],
      [['--allow-origin', 'http://localhost:3000', ...limits], /set BURSAR_PROXY_TOKEN/],
      [['--topup', '0.1', ...limits], /needs both: --topup 1\.00 --topup-per-day 5\.00/],
      [['--topup', '5', '--topup-per-day', '5', ...limits], /no top-up could ever be paid/],
      [['--service', 'openclaw', ...limits], /bills an account: set OPENCLAW_API_KEY/],
      [
        ['--service', 'tokenhot', '--topup', '1', '--topup-per-day', '1', ...limits],
        /no balance for --topup/
      ],
      [['--url', 'kat.imgnai.com', ...limits], /does not begin with https/],
      [[...limits, '--', '/no/such/program'], /\/no\/such\/program cannot be run/]
    ]
    for (const [argv, why] of wrong)
      expect(await bursar('proxy', '--port', '0', ...argv), argv.join(' ')).toMatchObject({
        code: 2,
        out: '',
        err: expect.stringMatching(why)
      })
    const short = await newStackTerminal(stack, { env: { BURSAR_PROXY_TOKEN: 'short' } })
    expect(await short.bursar('proxy', ...limits)).toMatchObject({
      code: 2,
      err: expect.stringContaining('16')
    })
  })
})
