import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { isNeverSent, systemCodeOf } from './never-sent.js'

const failureOf = (url: string): Promise<unknown> => fetch(url).catch((error: unknown) => error)

describe('a request was never sent', () => {
  it('where nothing listens, at one address of the name or at each', async () => {
    const server = createServer()
    const port = await new Promise<number>((listening) =>
      server.listen(0, '127.0.0.1', () => {
        const address = server.address()
        listening(typeof address === 'object' && address ? address.port : 0)
      })
    )
    await new Promise((closed) => server.close(closed))
    for (const host of ['127.0.0.1', 'localhost'])
      expect(isNeverSent(await failureOf(`http://${host}:${port}/`))).toBe(true)
  })

  it('P36: where Deno does not let the program, and the flag that is missing is named', () => {
    const message = 'Requires net access to "a.example:443", run again with the --allow-net flag'
    const denied = new TypeError('fetch failed', {
      cause: Object.assign(new Error(message), { name: 'NotCapable' })
    })
    expect([isNeverSent(denied), systemCodeOf(denied)]).toEqual([true, 'Deno needs --allow-net'])
    const bare = { name: 'NotCapable' }
    expect([isNeverSent(bare), systemCodeOf(bare)]).toEqual([true, 'Deno needs a permission'])
  })

  it('where its name is not known', () => {
    const unknown = { code: 'ENOTFOUND', syscall: 'getaddrinfo' }
    expect(isNeverSent(new TypeError('fetch failed', { cause: unknown }))).toBe(true)
  })
})

it('may have been sent where the network went away under a connection that was there', () => {
  const lost = Object.assign(new Error('read EHOSTUNREACH'), { code: 'EHOSTUNREACH', syscall: 'read' })
  expect(isNeverSent(new TypeError('fetch failed', { cause: lost }))).toBe(false)
  const [refused, read] = ['connect', 'read'].map((syscall) => ({ code: 'ENETUNREACH', syscall }))
  const both = Object.assign(new AggregateError([refused, read]), { code: 'ENETUNREACH' })
  expect(isNeverSent(both)).toBe(false)
  expect(isNeverSent(undefined)).toBe(false)
})
