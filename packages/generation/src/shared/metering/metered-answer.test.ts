import { atomicUsdc } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { events, metered } from '../../../test/metered.js'

describe('a stream', () => {
  const start = 'data: {"type":"message_start","message":{"usage":{"input_tokens":3,"output_tokens":1}}}\n\n'
  const end = 'data: {"type":"message_delta","usage":{"output_tokens":4}}\n\n'

  it('goes on as it comes, and ends once its cost is entered', async () => {
    const { post, outcomes } = metered(() => events([start.slice(0, 20), start.slice(20), end]))
    expect(await (await post()).text()).toBe(start + end)
    expect(outcomes).toEqual([atomicUsdc(7_000_000n)])
  })

  it('that is left with its last event has come to its end', async () => {
    const usage = 'data: {"usage":{"prompt_tokens":1,"completion_tokens":1}}\n\n'
    for (const last of ['data: [DONE]\n\n', 'data: {"type":"message_stop"}\n\n']) {
      const body = new ReadableStream({
        start: (controller) => controller.enqueue(new TextEncoder().encode(usage + last))
      })
      const headers = { 'content-type': 'text/event-stream' }
      const { post, outcomes } = metered(() => new Response(body, { headers }))
      const reader = (await post()).body?.getReader()
      await reader?.read()
      await reader?.cancel()
      expect(outcomes).toEqual([2_000_000n])
    }
  })

  it.each(['response.completed', 'response.incomplete', 'response.failed'])(
    'of Responses that is left with %s has come to its end, and costs what that reports',
    async (type) => {
      const response = { usage: { input_tokens: 1, output_tokens: 1 } }
      const body = new ReadableStream({
        start: (controller) =>
          controller.enqueue(new TextEncoder().encode(`data: ${JSON.stringify({ type, response })}\n\n`))
      })
      const headers = { 'content-type': 'text/event-stream' }
      const { post, outcomes } = metered(() => new Response(body, { headers }))
      const reader = (await post()).body?.getReader()
      await reader?.read()
      await reader?.cancel()
      expect(outcomes).toEqual([2_000_000n])
    }
  )

  it.each([
    ['Messages', start, 'data: {"type":"error","error":{"type":"overloaded_error","message":"x"}}\n\n'],
    [
      'chats',
      'data: {"usage":{"prompt_tokens":1,"completion_tokens":1}}\n\n',
      'data: {"error":{"message":"x"}}\n\n'
    ]
  ])(
    'of %s in which the service reports an error may have used more than it says, and counts in full',
    async (_, ...sent) => {
      const ended = metered(() => events(sent))
      await (await ended.post()).text()
      const [first, last] = [
        metered(() => events([...sent, 'data: {"choices":[]}\n\n'])),
        metered(() => events([...sent, 'data: [DONE]\n\n']))
      ]
      await (await first.post()).text()
      await (await last.post()).text()
      expect([ended.outcomes, first.outcomes, last.outcomes]).toEqual([['in full'], ['in full'], ['in full']])
    }
  )

  it('counts in full when it reports no usage, breaks off, or is left', async () => {
    const silent = metered(() => events(['data: {"choices":[]}\n\n']))
    await (await silent.post()).text()
    const broken = metered(() => events([start], true))
    await expect((await broken.post()).text()).rejects.toThrow('cut')
    const left = metered(() => events([start, end]))
    await (await left.post()).body?.cancel()
    expect([silent.outcomes, broken.outcomes, left.outcomes]).toEqual([['in full'], ['in full'], ['in full']])
  })
})
