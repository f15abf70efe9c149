import { join } from 'node:path'
import { isJsonObject } from '@bursar/core'
import { stackTest } from '@bursar/gateway/vitest'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { describe, expect } from 'vitest'
import { interrupt, until } from '../../test/running-server.js'
import { newStackTerminal } from '../../test/terminal.js'

const test = stackTest({ solana: false })
const limits = ['--max-amount', '0.5', '--limit', 'day=1']

describe('bursar mcp --http', () => {
  test('serves tools to who has the token, pays for one, and ends when it is interrupted', async ({
    stack
  }) => {
    const { start, home, address } = await newStackTerminal(stack)
    const running = start('mcp', '--http', '--port', '0', '-o', join(home, 'files'), ...limits)
    const { url, headers } = JSON.parse(await until(running, /\}\n/))
    expect((await fetch(url, { method: 'POST' })).status).toBe(401)
    const client = new Client({ name: 'a host', version: '1' })
    const transport = new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } })
    await client.connect(transport as Parameters<typeof client.connect>[0])
    const { structuredContent } = await client.callTool({
      name: 'pay_url',
      arguments: { url: stack.env.X402_REPORT_URL }
    })
    expect(isJsonObject(structuredContent) && structuredContent.spent).toBe('0.01 USDC')
    await client.close()
    interrupt()
    expect((await running.ended).code).toBe(0)
    expect(await stack.base?.authorizationsUsed(address)).toHaveLength(1)
  })

  test('ends with 2 when it is started wrongly', async ({ stack }) => {
    const { bursar } = await newStackTerminal(stack, { env: { BURSAR_PROXY_TOKEN: 'short' } })
    const wrong: [argv: string[], why: RegExp][] = [
      [['--max-amount', '0.5'], /needs a limit on a sum/],
      [['--http', '--port', '0', ...limits], /at least 16 characters/],
      [['--topup', '0.1', ...limits], /needs both/],
      [['--topup', '0', '--topup-per-day', '1', ...limits], /topUp\.amount must be above zero/],
      [['--allow-host', 'https://a.example', ...limits], /did you mean 'a\.example'/],
      [['--tools', 'quote,sell', ...limits], /there is no tool "sell"/],
      [['--confirm-above', 'much', ...limits], /written as 0\.25/],
      [['--unconfirmed', 'perhaps', ...limits], /pay, refuse/],
      [['--max-files', '0', ...limits], /whole number from 1/]
    ]
    for (const [argv, why] of wrong)
      expect(await bursar('mcp', ...argv), argv.join(' ')).toMatchObject({
        code: 2,
        err: expect.stringMatching(why)
      })
  })
})
