import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { listen } from './listen.js'

it('lets nobody hold a connection with a request that does not go on', async () => {
  const place = { port: 0, headTimeoutMs: 100 }
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
