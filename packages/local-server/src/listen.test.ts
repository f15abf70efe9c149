import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { connect, type Server } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { listen } from './listen.js'

it('lets nobody hold a connection with a request that does not go on', async () => {
  const place = { port: 0, headTimeoutMs: 2_000 }
  const server = await listen(place, (_, response) => void response.end('here'))
  onTestFinished(() => server.close())
  const { port } = new URL(server.url)
  const sockets = Array.from({ length: 50 }, () => connect(Number(port), '127.0.0.1'))
  const closed = sockets.map((socket) => {
    socket.resume().write(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Slow: `)
    return once(socket, 'close')
  })
  await Promise.all(closed)
  expect(await (await fetch(server.url)).text()).toBe('here')
}, 60_000)

it('answers 429 on a connection that is one too many, and cuts what is far more', async () => {
  const held: ServerResponse[] = []
  const place = { port: 0, maxConnections: 3 }
  const server = await listen(place, (_, response) => void held.push(response))
  onTestFinished(() => server.close())
  const asked = Array.from({ length: 3 }, () => fetch(server.url))
  await expect.poll(() => held.length).toBe(3)
  const refused = await fetch(server.url)
  expect([refused.status, refused.headers.get('retry-after'), refused.headers.get('connection')]).toEqual([
    429,
    '1',
    'close'
  ])
  expect(await refused.json()).toMatchObject({ error: { code: 'too_many_connections' } })
  const sockets = Array.from({ length: 300 }, () =>
    connect(Number(new URL(server.url).port), '127.0.0.1').on('error', () => {})
  )
  const cut = () => sockets.filter(({ closed }) => closed).length
  // The one that was answered may not be over yet, and count.
  await expect.poll(cut, { timeout: 30_000 }).toBeOneOf([300 - 256, 301 - 256])
  for (const socket of sockets) socket.destroy()
  for (const response of held) response.end('here')
  for (const answer of asked) expect(await (await answer).text()).toBe('here')
}, 60_000)

it('takes a new connection in the place of one that waits for a request', async () => {
  const server = await listen({ port: 0, maxConnections: 2 }, (_, response) => void response.end('here'))
  onTestFinished(() => server.close())
  const { port } = new URL(server.url)
  const idle = Array.from({ length: 2 }, async () => {
    const socket = connect(Number(port), '127.0.0.1')
    socket.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`)
    await once(socket, 'data')
    return socket.resume()
  })
  const sockets = await Promise.all(idle)
  expect(await (await fetch(server.url)).text()).toBe('here')
  await expect.poll(() => sockets.every(({ closed }) => closed)).toBe(true)
})

it('reads a target that names its host as the path behind it', async () => {
  const server = await listen(0, ({ url }, response) => void response.end(url))
  onTestFinished(() => server.close())
  const { port } = new URL(server.url)
  const asked = (target: string): Promise<string> =>
    new Promise((resolve) => {
      let text = ''
      const socket = connect(Number(port), '127.0.0.1')
      socket.on('data', (data) => {
        text += data
      })
      socket.on('close', () => resolve(text.split('\r\n').at(-1) ?? ''))
      socket.write(`GET ${target} HTTP/1.0\r\nHost: 127.0.0.1:${port}\r\n\r\n`)
    })
  expect(await asked(`http://127.0.0.1:${port}/v1/models?a=b`)).toBe('/v1/models?a=b')
  expect(await asked(`http://127.0.0.1:${port}`)).toBe('/')
  expect(await asked(`HTTP://127.0.0.1:${port}?a=b`)).toBe('/?a=b')
  expect(await asked('/v1/models?to=http://a.example/b')).toBe('/v1/models?to=http://a.example/b')
})

it('goes on where connections cannot be taken, as without a free file', async () => {
  let inner: Server | undefined
  const server = await listen(0, ({ socket }, response) => {
    inner = Reflect.get(socket, 'server')
    response.end('here')
  })
  onTestFinished(() => server.close())
  await fetch(server.url)
  for (let times = 0; times < 2; times++)
    inner?.emit('error', Object.assign(new Error('accept'), { code: 'ENFILE' }))
  expect(inner?.listening).toBe(true)
  expect(await (await fetch(server.url)).text()).toBe('here')
})
