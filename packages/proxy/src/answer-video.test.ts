import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CallLimit, openaiFormat, sendProblem } from '@bursar/local-server'
import { expect, it, onTestFinished } from 'vitest'
import { answerVideo } from './answer-video.js'
import { problemOfRequest } from './problem-of-request.js'
import type { VideoService } from './services/video-service.js'

/** A server of videos whose downloads end when their clients leave, and what became of them. */
async function newServer(download: VideoService['download']) {
  const videos: VideoService = {
    create: () => expect.unreachable(),
    retrieve: () => expect.unreachable(),
    download
  }
  const answering = { videos, downloads: new CallLimit(1), stopping: new AbortController().signal }
  const server = createServer((message, response) => {
    const failed = (error: unknown) => sendProblem(response, problemOfRequest(error), openaiFormat)
    try {
      answerVideo(response, new URL(message.url ?? '', 'http://127.0.0.1'), answering)?.catch(failed)
    } catch (error) {
      failed(error)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  return (init: RequestInit = {}) => fetch(`http://127.0.0.1:${port}/v1/videos/one/content`, init)
}

it('a download is counted, and ends when its client leaves', async () => {
  const signals: AbortSignal[] = []
  const ask = await newServer((_, signal) => {
    signals.push(signal)
    return new Promise((_resolve, reject) =>
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    )
  })
  const client = new AbortController()
  const first = ask({ signal: client.signal }).catch(() => 'left')
  await expect.poll(() => signals.length).toBe(1)
  expect((await ask()).status).toBe(429)
  client.abort()
  expect(await first).toBe('left')
  await expect.poll(() => signals[0]?.aborted).toBe(true)
  const next = new AbortController()
  const again = ask({ signal: next.signal }).catch(() => 'left')
  await expect.poll(() => signals.length).toBe(2)
  next.abort()
  await again
})

it('a file is removed once it is sent', async () => {
  let removed = 0
  const remove = async () => void removed++
  const bytes = 5
  const ask = await newServer(async () => ({ path: '/dev/null', bytes: 0, mimeType: 'video/mp4', remove }))
  const response = await ask()
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'video/mp4'])
  expect((await response.arrayBuffer()).byteLength).toBe(0)
  await expect.poll(() => removed).toBe(1)
  // A file that is shorter than announced is no whole answer.
  const short = await newServer(async () => ({ path: '/dev/null', bytes, mimeType: 'video/mp4', remove }))
  await expect(short().then((cut) => cut.arrayBuffer())).rejects.toThrow()
  await expect.poll(() => removed).toBe(2)
})
