import { once } from 'node:events'
import { createServer, get, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { systemClock } from '@bursar/core'
import { openaiFormat } from '@bursar/local-server'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { deliver } from './answers/deliver.js'
import { Recording } from './answers/recording.js'
import { recordAnswer } from './record-response.js'
import { SentBody } from './sent-body.js'

/** A server that answers with what is recorded. @returns its port. */
async function serve(recording: Recording): Promise<number> {
  const delivered: Promise<boolean>[] = []
  const server = createServer((_, response) => {
    delivered.push(deliver(response, recording, { format: openaiFormat, clock: systemClock }))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await Promise.all(delivered)
  })
  return (server.address() as AddressInfo).port
}

function recorded(): Recording {
  const recording = new Recording()
  recordAnswer(recording, { body: { said: 'Grüße' } }, { body: {}, stream: undefined })
  recording.end()
  return recording
}

describe('a whole answer', () => {
  it('has its length in bytes, and comes in one piece with its head', async () => {
    const socket = connect(await serve(recorded()), '127.0.0.1')
    onTestFinished(() => void socket.destroy())
    socket.write('GET / HTTP/1.1\r\nhost: here\r\n\r\n')
    const [piece] = await once(socket.setEncoding('utf8'), 'data')
    expect(piece).toMatch(/^HTTP\/1\.1 200 .*content-length: 18\r\n.*\r\n\r\n\{"said":"Grüße"\}$/is)
  })

  it('that was sent whole aborts nothing when it closes', async () => {
    const abort = vi.spyOn(AbortController.prototype, 'abort')
    onTestFinished(() => abort.mockRestore())
    const asked = get({ port: await serve(recorded()), host: '127.0.0.1' })
    const [response] = (await once(asked, 'response')) as [IncomingMessage]
    expect(await text(response)).toBe('{"said":"Grüße"}')
    await new Promise((resolve) => setImmediate(resolve))
    expect(abort).not.toHaveBeenCalled()
  })
})

it('a body is there until it is let go of', () => {
  const sent = new SentBody(new Uint8Array([1]))
  expect(sent.bytes).toEqual(new Uint8Array([1]))
  sent.release()
  expect(() => sent.bytes).toThrow(TypeError)
})
