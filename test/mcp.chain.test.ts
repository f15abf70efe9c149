import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Stack } from '@bursar/gateway'
import { stackTest } from '@bursar/gateway/vitest'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { describe, expect, onTestFinished } from 'vitest'

const test = stackTest({ gateway: { katana: { generationMs: 50 } } })
const bin = fileURLToPath(new URL('../packages/cli/dist/bin.js', import.meta.url))
const host = { name: 'a host', version: '1' }

/** A home of its own for each test, on the stack that they share. */
function homeOn({ env }: Stack, without: 'EVM_PRIVATE_KEY' | 'SVM_PRIVATE_KEY' | undefined = undefined) {
  const home = mkdtempSync(join(tmpdir(), 'bursar-mcp-'))
  onTestFinished(() => rmSync(home, { recursive: true }))
  const own: Record<string, string> = { ...env, PATH: process.env.PATH ?? '', BURSAR_HOME: home }
  if (without) delete own[without]
  return { home, files: join(home, 'files'), env: own }
}

async function overStdio(env: Record<string, string>, ...argv: string[]): Promise<Client> {
  const client = new Client(host)
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [bin, 'mcp', '--limit', 'total=9', ...argv],
      env,
      stderr: 'ignore'
    })
  )
  onTestFinished(() => client.close())
  return client
}

/** Calls a tool, and says whether it failed, and what it said. */
async function use(client: Client, name: string, args: Record<string, unknown> = {}) {
  const { isError = false, content, structuredContent } = await client.callTool({ name, arguments: args })
  const [first] = content as { text: string }[]
  return { isError, text: first?.text ?? '', facts: (structuredContent ?? {}) as Record<string, string> }
}

describe.each([
  ['Base', 'SVM_PRIVATE_KEY', 'eip155:8453'],
  ['Solana', 'EVM_PRIVATE_KEY', 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp']
] as const)('the official client, over standard input and output, paying on %s', (_, without, network) => {
  test('asks prices, pays, has things made, and reports what was spent and what is left', async ({
    stack
  }) => {
    const { env, files } = homeOn(stack, without)
    const client = await overStdio(env, '--max-amount', '0.6', '-o', files)
    const url = `${stack.gateway.url}/standard/v2/report?usdc=0.05`
    expect((await use(client, 'quote', { url })).facts).toMatchObject({
      offers: expect.arrayContaining([
        expect.objectContaining({ network, price: '0.05 USDC', wouldBePaid: true })
      ])
    })
    const paid = await use(client, 'pay_url', { url, purchase: 'report-1' })
    expect(paid.facts).toMatchObject({
      status: 200,
      paid: `0.05 USDC on ${network}`,
      spent: '0.05 USDC',
      left: { 'each payment': 'at most 0.6 USD' }
    })
    const again = await use(client, 'pay_url', { url, purchase: 'report-1' })
    expect([again.isError, again.text]).toEqual([true, expect.stringContaining('purchase/already-settled')])
    const words = { prompt: 'Reply with exactly: by tool', maxTokens: 30 }
    expect((await use(client, 'generate_text', words)).facts).toMatchObject({
      text: 'by tool',
      finish: 'stop'
    })
    const picture = await use(client, 'generate_image', { prompt: 'A mug' })
    const [file = ''] = picture.facts.files as unknown as string[]
    expect(readFileSync(file).subarray(1, 4).toString()).toBe('PNG')
    expect(Number.parseFloat(picture.facts.spent ?? '')).toBeGreaterThan(0.01)
    const video = { prompt: 'A wave', model: 'ltx-2-3', durationSeconds: 5, aspectRatio: '16:9' }
    const begun = await use(client, 'generate_video', video)
    const done = await use(client, 'check_job', { job: begun.facts.job })
    expect((done.facts.files as unknown as string[]).map((path) => existsSync(path))).toEqual([true])
    const { facts } = await use(client, 'history')
    // The balance was tried for the text, and held nothing.
    const purchases = facts.purchases as unknown as { readonly state: string }[]
    expect(purchases.filter(({ state }) => state !== 'released')).toHaveLength(4)
    expect(purchases).toHaveLength(5)
    expect(((await use(client, 'balance')).facts.wallets as unknown as object[])[0]).toMatchObject({
      network
    })
  })
})

describe('what a fooled model can do', () => {
  test('is spend within limits that no argument changes, and nothing else', async ({ stack }) => {
    const { env, files } = homeOn(stack)
    const client = await overStdio(env, '--max-amount', '0.04', '-o', files)
    const url = `${stack.gateway.url}/standard/v2/report?usdc=0.05`
    for (const more of [{}, { maxUsdc: '9' }, { limits: { payment: '9' } }]) {
      const refused = await use(client, 'pay_url', { url, ...more })
      expect([refused.isError, refused.text]).toEqual([true, expect.stringContaining('nothing was paid')])
    }
    const cheap = `${stack.gateway.url}/standard/v2/report?usdc=0.02`
    expect((await use(client, 'pay_url', { url: cheap, maxUsdc: '0.01' })).isError).toBe(true)
    expect((await use(client, 'pay_url', { url: cheap, maxUsdc: '0.02' })).isError).toBe(false)
    expect((await use(client, 'pay_url', { url: 'http://example.com/' })).isError).toBe(true)
    expect((await use(client, 'pay_url', { url: 'file:///etc/passwd' })).isError).toBe(true)
    for (const name of ['check_job', 'history', 'balance', 'quote'])
      expect((await use(client, name, { url: cheap, job: '../../etc/passwd' })).text).not.toContain(
        env.EVM_PRIVATE_KEY?.slice(2)
      )
    const { tools } = await client.listTools()
    expect(tools.map(({ name }) => name)).toMatchInlineSnapshot(`
      [
        "quote",
        "pay_url",
        "generate_image",
        "generate_video",
        "generate_text",
        "check_job",
        "models",
        "balance",
        "history",
      ]
    `)
    for (const { description = '', annotations } of tools) {
      expect(description).toMatch(/SPENDS REAL MONEY|Spends nothing/)
      expect(annotations?.destructiveHint === true).toBe(description.includes('SPENDS'))
    }
  })

  test('never reports that nothing was paid when it was', async ({ stack }) => {
    const { env, home } = homeOn(stack)
    const url = `${stack.gateway.url}/standard/v2/report?usdc=0.02`
    const before = (await stack.base?.authorizationsUsed())?.length
    // Where an answer cannot be kept, nothing is paid for.
    const nowhere = await overStdio(env, '--max-amount', '0.5', '-o', '/dev/null/nowhere')
    expect(await use(nowhere, 'pay_url', { url })).toMatchObject({
      isError: true,
      text: expect.stringContaining('nothing was paid')
    })
    expect((await stack.base?.authorizationsUsed())?.length).toBe(before)
    const client = await overStdio(env, '--max-amount', '0.5', '-o', join(home, 'files'))
    stack.gateway.faults.next('job-fails', { leg: 'paid' })
    const failed = await use(client, 'generate_image', { prompt: 'A mug' })
    expect(failed).toMatchObject({
      isError: true,
      text: expect.stringMatching(/0\.\d+ USDC are paid; check_job \S+ has/)
    })
    stack.gateway.faults.next('answer-lost-after-settling', { times: 9 })
    const lost = await use(client, 'pay_url', { url })
    expect(lost).toMatchObject({
      isError: true,
      text: expect.stringContaining('0.02 USDC may be paid; the same call')
    })
    stack.gateway.faults.clear()
    expect((await use(client, 'pay_url', { url })).facts).toMatchObject({ status: 200 })
    expect((await stack.base?.authorizationsUsed())?.length).toBe((before ?? 0) + 2)
  })

  test('is pay the hosts that the operator lists', async ({ stack }) => {
    const { env, files } = homeOn(stack)
    const argv = [
      '--max-amount',
      '0.5',
      '--allow-host',
      'api.example',
      '-o',
      files,
      '--url',
      'https://kat.imgnai.com'
    ]
    const client = await overStdio(env, ...argv)
    const refused = await use(client, 'pay_url', { url: `${stack.gateway.url}/standard/v2/report` })
    expect(refused.text).toContain('request/host-refused')
  })

  test('is shared by everybody who holds the token, over HTTP, and by no page', async ({ stack }) => {
    const { env, files } = homeOn(stack)
    const child = spawn(
      process.execPath,
      [bin, 'mcp', '--http', '--port', '0', '--max-amount', '0.5', '--limit', 'total=9', '-o', files],
      {
        env
      }
    )
    onTestFinished(() => void child.kill('SIGKILL'))
    let out = ''
    child.stdout.on('data', (chunk) => (out += chunk))
    await expect.poll(() => out).toContain('\n')
    const { url, headers } = JSON.parse(out) as { url: string; headers: Record<string, string> }
    const connect = async (requestInit: RequestInit) => {
      const client = new Client(host)
      await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit }) as never)
      onTestFinished(() => client.close())
      return client
    }
    const client = await connect({ headers })
    const paid = await use(client, 'pay_url', { url: `${stack.gateway.url}/standard/v2/report?usdc=0.02` })
    expect(paid.facts).toMatchObject({ spent: '0.02 USDC' })
    await expect(connect({})).rejects.toThrow(/token/)
    await expect(connect({ headers: { ...headers, origin: 'https://evil.example' } })).rejects.toThrow(
      /pages/
    )
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    expect(await gone).toBe(0)
  })
})
