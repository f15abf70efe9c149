import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stackTest } from '@bursar/gateway/vitest'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { expect, onTestFinished } from 'vitest'
import { bin, startCommand } from './command.js'
import { letIn, send } from './dashboard-page.js'

const test = stackTest({ solana: false, gateway: { katana: { generationMs: 50 } } })

/** Starts a verb that prints a line once it serves. */
async function startServing(env: object, ...argv: string[]) {
  const command = startCommand(env, ...argv)
  onTestFinished(() => void command.child.kill('SIGKILL'))
  await expect.poll(command.out, { timeout: 60_000 }).toContain('\n')
  return command.out()
}

test('P52: the dashboard shows the pictures that MCP and the proxy had made, where they were saved', async ({
  wallets
}) => {
  const home = mkdtempSync(join(tmpdir(), 'bursar-pictures-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const env = { ...wallets.env, PATH: process.env.PATH ?? '', BURSAR_HOME: home }
  const limits = ['--max-amount', '0.5', '--limit', 'day=2']
  const client = new Client({ name: 'a host', version: '1' })
  const args = [bin, 'mcp', ...limits, '--output', join(home, 'mcp')]
  await client.connect(new StdioClientTransport({ command: process.execPath, args, env, stderr: 'ignore' }))
  onTestFinished(() => client.close())
  const made = await client.callTool({ name: 'generate_image', arguments: { prompt: 'A mug' } })
  expect(made.isError, JSON.stringify(made.content)).toBeFalsy()
  const kept = join(home, 'proxy')
  const started = await startServing(env, 'proxy', '--port', '0', '--json', ...limits, '--keep-images', kept)
  const { OPENAI_BASE_URL: url, OPENAI_API_KEY: token } = JSON.parse(started).agents[0].env
  const asked = await fetch(`${url}/images/generations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ model: 'gen', prompt: 'A lighthouse' })
  })
  expect(asked.status).toBe(200)
  const { base } = await letIn((await startServing({ BURSAR_HOME: home }, 'dashboard', '--port', '0')).trim())
  const jobs = async (): Promise<readonly { readonly images: readonly { readonly href: string }[] }[]> =>
    JSON.parse((await send(`${base}/api/snapshot`)).text).jobs
  // The proxy saves a picture after it has answered with it.
  await expect
    .poll(async () => (await jobs()).map(({ images }) => images.length), { timeout: 60_000 })
    .toEqual([1, 1])
  for (const { images } of await jobs())
    expect(await send(`${base}/${images[0]?.href}`)).toMatchObject({
      status: 200,
      headers: { 'content-type': expect.stringMatching(/^image\//) }
    })
  expect(readdirSync(kept)).toHaveLength(1)
})
