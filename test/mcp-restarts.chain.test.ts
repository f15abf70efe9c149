import { existsSync } from 'node:fs'
import { stackTest } from '@bursar/gateway/vitest'
import { describe, expect } from 'vitest'
import { newHost } from './mcp-host.js'
import { slowService } from './slow-service.js'

const test = stackTest({ solana: false, gateway: { katana: { generationMs: 50 } } })
/** The time of a host that gives up. */
const HOST_MS = 1_200

const tools = [
  ['pay_url', {}],
  ['generate_text', { prompt: 'Reply with exactly: by tool', maxTokens: 30 }],
  ['generate_image', { prompt: 'A mug' }],
  ['generate_video', { prompt: 'A wave', model: 'ltx-2-3', durationSeconds: 5 }]
] as const

describe.each(tools)('C58: %s, which takes longer than its host waits', (name, args) => {
  test('is paid once when it is called again, and when its server is killed and started again', async ({
    stack
  }) => {
    const service = await slowService(stack.gateway.url)
    const host = await newHost(stack)
    const request = name === 'pay_url' ? { url: `${service.url}/standard/v2/report?usdc=0.02` } : args
    const first = await host.start('--url', service.url)
    for (let attempt = 0; attempt < 2; attempt++)
      await expect(first.call(name, request, HOST_MS)).rejects.toThrow(/timed out/)
    await expect.poll(service.held, { timeout: 30_000 }).toBe(1)
    await expect.poll(host.payments, { timeout: 30_000 }).toBe(1)
    await first.end('SIGKILL')
    const second = await host.start('--url', service.url)
    service.release()
    const answer = await second.call(name, request)
    expect(answer).toMatchObject({ isError: false })
    const result =
      name === 'generate_video' ? await second.call('check_job', { job: answer.output.job }) : answer
    expect(result.output).toMatchObject({ spent: expect.stringMatching(/^0\.\d+ USDC$/) })
    expect(JSON.parse(result.text)).toEqual(result.output)
    if (name.endsWith('e') || name.endsWith('video'))
      expect([result.output.files].flat().every((path) => existsSync(String(path)))).toBe(true)
    expect(await host.payments()).toBe(1)
    expect((await second.call(name, request)).isError).toBe(false)
    expect(await host.payments()).toBe(2)
  })
})

describe.each(['SIGTERM', 'SIGINT', 'the end of input'] as const)(
  'C62: %s with a paid call under way',
  (signal) => {
    test('ends the server, and what was bought can be asked for after the next start', async ({ stack }) => {
      const host = await newHost(stack)
      stack.gateway.faults.next('job-stays-pending', { leg: 'paid' })
      const first = await host.start()
      const cut = first.call('generate_image', { prompt: `A mug ${signal}` })
      cut.catch(() => {})
      // What the service takes is known on the chain before its answer is here.
      const bought = [{ state: 'settled', job: expect.stringMatching(/\w/) }]
      const purchases = async () => (await first.call('history')).output.purchases
      await expect.poll(purchases, { timeout: 30_000 }).toMatchObject(bought)
      const startedMs = performance.now()
      await (signal === 'the end of input' ? first.client.close() : first.end(signal))
      // Two seconds, and what a busy machine needs besides.
      expect(performance.now() - startedMs).toBeLessThan(30_000)
      await expect(cut).rejects.toThrow()
      const second = await host.start()
      const { output } = await second.call('history')
      expect(output.purchases).toMatchObject(bought)
      expect(await host.payments()).toBe(1)
    })
  }
)
