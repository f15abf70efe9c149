import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { type Clock, systemClock } from '@bursar/core'
import { openaiFormat } from '@bursar/local-server'
import { chatStreamFormat } from '@bursar/translation'
import { expect, it, onTestFinished } from 'vitest'
import { deliver } from './deliver.js'
import { Recording } from './recording.js'

it('says no more that it waits once an answer has ended, which Node ends a program for', async () => {
  const ticks: (() => void)[] = []
  const clock: Clock = { ...systemClock, sleep: () => new Promise((resolve) => ticks.push(resolve)) }
  const [first, second] = [new Recording(), new Recording()]
  const delivered: string[] = []
  const server = createServer(async (message, response) => {
    const answer = chatStreamFormat.open({ request: {}, id: 'a', createdAtSeconds: 7 })
    const stream = message.url === '/second' ? { stream: { answer, keepAliveMs: 10 } } : {}
    const recording = message.url === '/second' ? second : first
    const isWhole = await deliver(response, recording, { format: openaiFormat, clock, ...stream })
    delivered.push(`${message.url} ${isWhole}`)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => void server.close())
  const head = { status: 200, headers: { 'content-type': 'text/event-stream' } }
  second.begin(head)
  second.write(new TextEncoder().encode('data: [DONE]\n\n'))
  second.end()
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  let text = ''
  socket.on('data', (data) => {
    text += data
  })
  // Asked on the connection of another, the answer is whole before it can leave.
  const asks = ['/first', '/second'].map((path) => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`)
  socket.write(asks.join(''))
  for (let tick = 0; tick < 2; tick++) {
    await expect.poll(() => ticks.length, { timeout: 30_000 }).toBeGreaterThan(0)
    ticks.shift()?.()
    await new Promise((resolve) => setTimeout(resolve, 20))
    if (ticks.length === 0) break
  }
  first.begin(head)
  first.end()
  await expect.poll(() => delivered, { timeout: 30_000 }).toEqual(['/first true', '/second true'])
  expect(text).toContain('data: [DONE]')
  expect(text).not.toContain('waiting')
  socket.destroy()
}, 60_000)

/** A server that delivers one recording, and a client that has sent its request. */
async function clientOf(answer: (response: ServerResponse) => Promise<boolean>) {
  const delivered: boolean[] = []
  const server = createServer(async (_, response) => void delivered.push(await answer(response)))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => void server.close())
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
  return { socket, delivered }
}

it('ends the reading of a client that leaves while the service says nothing, so that an equal request shares the answer', async () => {
  const recording = new Recording()
  const delivery = { format: openaiFormat, clock: systemClock }
  const { socket, delivered } = await clientOf((response) => deliver(response, recording, delivery))
  recording.begin({ status: 200, headers: { 'content-type': 'text/event-stream' } })
  recording.write(new TextEncoder().encode('data: 1\n\n'))
  await once(socket, 'data')
  socket.destroy()
  await expect.poll(() => delivered, { timeout: 30_000 }).toEqual([false])
}, 60_000)

it('delivers nothing to a client that had left before, however large the answer is', async () => {
  const recording = new Recording()
  recording.begin({ status: 200, headers: {} })
  for (let index = 0; index < 4; index++) recording.write(new Uint8Array(256 * 1024))
  recording.end()
  const delivery = { format: openaiFormat, clock: systemClock }
  const { socket, delivered } = await clientOf(async (response) => {
    socket.destroy()
    await once(response, 'close')
    return deliver(response, recording, delivery)
  })
  await expect.poll(() => delivered, { timeout: 30_000 }).toEqual([false])
}, 60_000)
