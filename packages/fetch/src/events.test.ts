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

  it('reach a listener that throws what has no text, and neither the call nor the process ends', async () => {
    const server = await serve(payable)
    const { bursar } = paying()
    bursar.on('*', () => {
      throw Object.create(null)
    })
    expect((await bursar.fetch(server.url)).status).toBe(200)
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

  it.each([
    [
      'throws',
      () => {
        throw new TypeError('a broken listener')
      }
    ],
    ['rejects', async () => Promise.reject(new TypeError('a broken listener'))]
  ])('neither break a payment off nor end the process when a listener %s', async (_, listener) => {
    const server = await serve(payable)
    const { bursar } = paying()
    const warned = new Promise((resolve) => process.once('warning', resolve))
    bursar.on('signed', listener)
    expect((await bursar.fetch(server.url)).status).toBe(200)
    expect(await warned).toMatchObject({
      name: 'BursarWarning',
      message: "Bursar called a listener of 'signed' events, which failed: TypeError: a broken listener"
    })
  })

  it('are of known kinds, and are taken by functions', () => {
    const on = paying().bursar.on as (...args: readonly unknown[]) => unknown
    expect(() => on('setteld', () => {})).toThrow(/^on: the kind of event must be .* not "setteld"$/)
    expect(() => on('*')).toThrow('on: the listener must be a function, not undefined')
  })
})
