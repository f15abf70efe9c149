import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { startCommand } from './command.js'

const COUNT = 200
const MIB = 1024
const chunk = (text: string, end: string | null = null) =>
  `data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta: { content: text }, finish_reason: end }] })}\n\n`

/** A pretend relay whose streams begin, and end when the test says so. */
async function newRelay() {
  const open: ServerResponse[] = []
  const server = createServer((asked, response) => {
    asked.resume().on('end', () => {
      if (asked.method === 'GET') return response.end('{"data":[{"id":"m"}]}')
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(chunk('Hello'))
      return open.push(response)
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, open }
}

/** Of a process, in KiB. */
function residentOf(pid: number | undefined): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
}

it('holds 200 streams at once in under 200 MB, each of which ends whole', { timeout: 120_000 }, async () => {
  const relay = await newRelay()
  const home = mkdtempSync(join(tmpdir(), 'bursar-streams-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const env = {
    BURSAR_HOME: home,
    EVM_PRIVATE_KEY: '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80',
    BURSAR_PROXY_TOKEN: 'a-token-of-the-tests',
    OPENCLAW_API_KEY: 'sk-relay',
    OPENCLAW_URL: relay.url
  }
  const limits = ['--max-amount', '0.1', '--limit', 'day=100', '--price', 'm=0.01,0.01', '--json']
  const { child, out, ended } = startCommand(env, 'proxy', '--service', 'openclaw', '--port', '0', ...limits)
  onTestFinished(() => void child.kill('SIGKILL'))
  await expect.poll(out, { timeout: 30_000 }).toMatch(/\}\n/)
  const [{ env: variables }] = JSON.parse(out()).agents
  const url = variables.OPENAI_BASE_URL
  const texts = Array.from({ length: COUNT }, async (_, index) => {
    const headers = { authorization: 'Bearer a-token-of-the-tests', 'content-type': 'application/json' }
    const sent = request(`${url}/chat/completions`, { method: 'POST', headers, agent: false })
    const messages = [{ role: 'user', content: `${index} ${'x'.repeat(50_000)}` }]
    sent.end(JSON.stringify({ model: 'm', stream: true, max_tokens: 64, messages }))
    const [response] = await once(sent, 'response')
    let text = ''
    for await (const part of response) text += part
    return text
  })
  await expect.poll(() => relay.open.length, { timeout: 60_000 }).toBe(COUNT)
  expect(residentOf(child.pid)).toBeLessThan(200 * MIB)
  for (const stream of relay.open) stream.end(`${chunk('', 'stop')}data: [DONE]\n\n`)
  for (const text of await Promise.all(texts)) expect(text).toMatch(/Hello[\s\S]*"stop"[\s\S]*\[DONE\]/)
  child.kill('SIGINT')
  expect((await ended).code).toBe(0)
})
