import { createServer } from 'node:http'
import { expect, it, onTestFinished } from 'vitest'
import { startRelayFixture } from '../../testing/relay-fixture.js'

/** A WAV file of silence: one byte a sample, eight thousand samples a second. */
function wav(seconds: number): Buffer {
  const file = Buffer.alloc(44 + seconds * 8000, 128)
  file.write('RIFF', 0, 'latin1')
  file.writeUInt32LE(8000, 28)
  file.write('data', 36, 'latin1')
  file.writeUInt32LE(seconds * 8000, 40)
  return file
}

const files: Readonly<Record<string, Buffer>> = {
  '/2.wav': wav(2),
  '/3.wav': wav(3),
  '/30.wav': wav(30),
  '/31.wav': wav(31),
  '/15MB.mp3': Buffer.alloc(15 * 1024 * 1024),
  '/16MB.mp3': Buffer.alloc(16 * 1024 * 1024)
}

async function serveFiles(): Promise<string> {
  const server = createServer(({ url = '' }, response) => {
    const file = files[url]
    response.writeHead(file ? 200 : 404).end(file)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
}

it('S62, OpenClaw 67: audio of the caller’s is 3 to 30 seconds long, and has 15 MB at most', async () => {
  const { ask } = await startRelayFixture('openclaw')
  const url = await serveFiles()
  const statusOf = async (audioUrl: string): Promise<number> => {
    const item = { model: 'wan2.6-i2v-flash', prompt: 'a cat', input_reference: 'https://a.example/cat.png' }
    return (await ask('/v1/video/generations', { ...item, audio_url: audioUrl })).status
  }
  for (const name of ['/3.wav', '/30.wav', '/15MB.mp3'])
    expect([name, await statusOf(url + name)]).toEqual([name, 200])
  for (const name of ['/2.wav', '/31.wav', '/16MB.mp3', '/none.wav'])
    expect([name, await statusOf(url + name)]).toEqual([name, 400])
  expect(await statusOf('https://a.example/a.mp3')).toBe(200)
  expect(await statusOf('a.mp3')).toBe(400)
})
