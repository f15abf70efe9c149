import { describe, expect, it } from 'vitest'
import { openKatana as open } from '../../test/katana.js'
import { completion, hello } from '../../test/katana-chat.js'
import { answer, type Script } from '../../test/service.js'

describe('streaming', () => {
  const apiKey = 'key:hush'
  const event = (data: unknown): string =>
    `data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`
  const piece = (content: string) => ({ model: 'grok-4-3', choices: [{ index: 0, delta: { content } }] })
  const usage = { model: 'grok-4-3', choices: [], usage: { imgnai: { credits_charged: '0.1' } } }

  /** Writes the text in pieces of so many bytes. */
  const streaming =
    (text: string, size = 7): Script =>
    async (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
      const bytes = Buffer.from(text)
      for (let at = 0; at < bytes.length; at += size) response.write(bytes.subarray(at, at + size))
      response.end()
    }

  async function read(text: string, size?: number) {
    const { katana, arrivals } = await open(streaming(text, size), { apiKey })
    const chunks = await katana.chat.completions.create({ ...hello, stream: true })
    const seen: unknown[] = []
    const error = await (async () => {
      for await (const chunk of chunks) seen.push(chunk)
    })().catch((reason: unknown) => reason)
    return { seen, error, arrivals }
  }

  it('Katana 83: hands on each chunk until [DONE], usage in the last', async () => {
    const text = `: hello\n\n${event(piece('Hé'))}event: x\n${event(piece('llo'))}${event(usage)}${event('[DONE]')}`
    for (const size of [1, 7, 1000]) {
      const { seen, error, arrivals } = await read(text, size)
      expect(error).toBeUndefined()
      expect(seen).toEqual([piece('Hé'), piece('llo'), usage])
      expect(arrivals[0]?.headers.accept).toBe('text/event-stream')
      expect(arrivals[0]?.json.stream).toBe(true)
    }
  })

  it('understands CRLF and data over several lines', async () => {
    const { seen, error } = await read('data: {"choices":\r\ndata:[]}\r\n\r\ndata: [DONE]\r\n\r\n', 3)
    expect(error).toBeUndefined()
    expect(seen).toEqual([{ choices: [] }])
  })

  it.each([
    ['that ends before [DONE]', event(piece('Hel')), /ended before \[DONE\]/],
    [
      'with an error in it',
      event(piece('Hel')) + event({ error: { message: 'out of\ncredits', code: 'no_credits' } }),
      /out of credits/
    ],
    ['with what is no chunk', event(piece('Hel')) + event('nonsense'), /a chunk without choices/],
    ['whose event does not end', `${event(piece('Hel'))}data: ${'x'.repeat(5 * 1024 * 1024)}`, /broke off/]
  ])('does not take a stream %s for a whole answer', async (_, text, message) => {
    const { seen, error } = await read(text, 65_536)
    expect(seen).toEqual([piece('Hel')])
    expect(error).toMatchObject({ code: 'service/answer-malformed', moneyState: 'unknown' })
    expect(String(error)).toMatch(message)
  })

  it('says so when the answer does not stream', async () => {
    const { katana } = await open((_, response) => answer(response, completion), { apiKey })
    await expect(katana.chat.completions.create({ ...hello, stream: true })).rejects.toMatchObject({
      code: 'service/answer-malformed',
      context: { reason: 'no event stream' }
    })
  })

  it('Katana 50: needs a key, says so, and sends nothing', async () => {
    for (const options of [{}, { walletProof: () => 'proof' }, { validate: false }]) {
      const { katana, arrivals } = await open(streaming(''), options)
      const error = await katana.chat.completions
        .create({ ...hello, stream: true })
        .catch((reason: unknown) => reason)
      expect(error).toMatchObject({
        code: 'request/invalid',
        context: { violations: [{ rule: 'stream_needs_key' }] }
      })
      expect(String(error)).toContain('paid by x402 does not stream')
      expect(arrivals).toEqual([])
    }
  })

  it('lets the connection go when the reader stops', async () => {
    let closed: Promise<unknown> = Promise.resolve()
    const { katana } = await open(
      (_, response) => {
        closed = new Promise((resolve) => response.once('close', resolve))
        response.writeHead(200, { 'content-type': 'text/event-stream' }).write(event(piece('Hel')))
      },
      { apiKey }
    )
    for await (const _ of await katana.chat.completions.create({ ...hello, stream: true })) break
    await closed
  })
})
