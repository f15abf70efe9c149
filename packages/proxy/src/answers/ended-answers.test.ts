import { once } from 'node:events'
import { createServer } from 'node:http'
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
