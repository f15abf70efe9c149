import { channel } from 'node:diagnostics_channel'
import { describe, expect, it, onTestFinished } from 'vitest'
import { paying } from '../test/paying.js'
import { payable, serve } from '../test/scripted-server.js'

describe('events', () => {
  it('reach the listeners of their kind until these stop listening', async () => {
    const server = await serve(payable)
    const { bursar } = paying()
    const amounts: (string | undefined)[] = []
    const stop = bursar.on('settled', ({ amount }) => amounts.push(amount))
    await bursar.fetch(server.url)
    stop()
    await bursar.fetch(server.url)
    expect(amounts).toEqual(['0.01'])
  })

  it("reach node:diagnostics_channel's channel 'bursar'", async () => {
    const server = await serve(payable)
    const seen: unknown[] = []
    const listener = (event: unknown): void => void seen.push(event)
    channel('bursar').subscribe(listener)
    onTestFinished(() => void channel('bursar').unsubscribe(listener))
    await paying().bursar.fetch(server.url)
    expect(seen).toContainEqual(
      expect.objectContaining({ type: 'settled', amount: '0.01', network: 'eip155:8453' })
    )
  })

  it('do not break a payment off when a listener throws', async () => {
    const server = await serve(payable)
    const { bursar } = paying()
    const uncaught = new Promise((resolve) => process.once('uncaughtException', resolve))
    const previous = process.listeners('uncaughtException').slice(0, -1)
    for (const each of previous) process.removeListener('uncaughtException', each)
    onTestFinished(() => {
      for (const each of previous) process.on('uncaughtException', each)
    })
    bursar.on('signed', () => {
      throw new TypeError('a broken listener')
    })
    expect((await bursar.fetch(server.url)).status).toBe(200)
    expect(await uncaught).toHaveProperty('message', 'a broken listener')
  })
})
