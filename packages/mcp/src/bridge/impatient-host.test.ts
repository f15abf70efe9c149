import { CancelledNotificationSchema } from '@modelcontextprotocol/sdk/types.js'
import { expect, it } from 'vitest'
import { heldClock } from '../../test/held-clock.js'
import { paidBridge, textsOf } from '../../test/paid-bridge.js'
import { asks, payable, type Script, sold } from '../../test/paid-tools.js'

const report = { name: 'report', arguments: { day: 1 } }

/** Sells once it is let. */
function slow() {
  let open = (): void => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  const script: Script = async ({ payment }) => {
    if (!payment) return asks()
    await opened
    return sold()
  }
  return { script, open: () => open() }
}

it('C58, C60: a host that cancels buys nothing twice: an equal call has the result, in flight and after', async () => {
  const { script, open } = slow()
  const { host, call, payments, signed } = await paidBridge(script)
  for (let attempt = 0; attempt < 2; attempt++) {
    const stop = new AbortController()
    const cancelled = host.callTool(report, undefined, { signal: stop.signal })
    await expect.poll(() => payments().length).toBe(1)
    stop.abort('the time of the host is up')
    await expect(cancelled).rejects.toThrow(/time of the host/)
  }
  open()
  expect(textsOf(await call('report', { day: 1 }))[0]).toBe('the report')
  expect([payments().length, signed()]).toEqual([1, 1])
})

it('C59: what takes longer than hosts wait is answered with how to have it, which does not pay again', async () => {
  const { script, open } = slow()
  const { clock, pass } = heldClock()
  const { host, call, payments, signed } = await paidBridge(script, { clock })
  const told: number[] = []
  const onprogress = ({ progress }: { readonly progress: number }): void => void told.push(progress)
  const first = host.callTool(report, undefined, { onprogress })
  await expect.poll(() => payments().length).toBe(1)
  await pass(49_000)
  const running = await first
  expect(running.isError).toBe(true)
  expect(JSON.stringify(running.content)).toContain('does not pay again, and has the result')
  expect(told.length).toBeGreaterThan(3)
  const second = call('report', { day: 1 })
  open()
  expect(textsOf(await second)[0]).toBe('the report')
  expect(signed()).toBe(1)
})

it('what a free tool tells of its progress is handed on, and its cancellation too', async () => {
  const never = new Promise<never>(() => {})
  let cancelled = false
  const { host, server } = await paidBridge(async ({ meta }) => {
    const { progressToken } = meta
    if (typeof progressToken !== 'number') throw new TypeError('It asks for no progress')
    const params = { progressToken, progress: 7, message: 'on the way' }
    await server.notification({ method: 'notifications/progress', params })
    return never
  })
  server.setNotificationHandler(CancelledNotificationSchema, () => {
    cancelled = true
  })
  const stop = new AbortController()
  const onprogress = (progress: object): void => {
    expect(progress).toEqual({ progress: 7, message: 'on the way' })
    stop.abort('enough')
  }
  const calling = host.callTool(report, undefined, { signal: stop.signal, onprogress })
  await expect(calling).rejects.toThrow('enough')
  await expect.poll(() => cancelled).toBe(true)
})

it('a host that gives two requests one id is answered twice, and the next equal call is a new purchase', async () => {
  const { host, toBridge, call, signed } = await paidBridge(payable)
  const unexpected: unknown[] = []
  host.onerror = (error) => unexpected.push(error)
  const request = { jsonrpc: '2.0', id: 500, method: 'tools/call', params: report } as const
  await Promise.all([toBridge.send(request), toBridge.send(request)])
  await expect.poll(() => unexpected.length).toBe(2)
  expect(signed()).toBe(1)
  expect(textsOf(await call('report', { day: 1 }))[0]).toBe('the report')
  expect(signed()).toBe(2)
})
