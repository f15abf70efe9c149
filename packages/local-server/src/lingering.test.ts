import { once } from 'node:events'
import type { RequestListener, ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { listen } from './listen.js'

/** A server, and a connection to it over which one answer is asked for. */
async function ask(handle: RequestListener) {
  const server = await listen(0, handle)
  onTestFinished(() => server.close())
  const port = Number(new URL(server.url).port)
  const client = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  onTestFinished(() => void client.destroy())
  await once(client, 'connect')
  client.write('GET /first HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n')
  return client
}

it('sees that a client left an answer unread, also where the connection was to end behind it', async () => {
  const ends: boolean[] = []
  let answer: ServerResponse | undefined
  const client = await ask((message, response) => {
    answer = response.on('error', () => {})
    message.socket.once('close', (hadError) => ends.push(hadError))
    response.end(Buffer.alloc(1024 * 1024))
  })
  await expect.poll(() => answer?.writableFinished, { timeout: 30_000 }).toBe(true)
  client.destroy()
  await expect.poll(() => ends, { timeout: 30_000 }).toEqual([true])
})

it('ends a connection behind its one answer, and answers nothing that comes later over it', async () => {
  const asked: (string | undefined)[] = []
  const ends: boolean[] = []
  const client = await ask((message, response) => {
    asked.push(message.url)
    message.socket.once('close', (hadError) => ends.push(hadError))
    response.end('here')
  })
  let text = ''
  client.on('data', (chunk) => {
    text += chunk
  })
  await once(client, 'end')
  expect(text).toMatch(/connection: close\r\n.*here$/is)
  client.end('GET /second HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')
  await expect.poll(() => ends, { timeout: 30_000 }).toHaveLength(1)
  expect(asked).toEqual(['/first'])
})
