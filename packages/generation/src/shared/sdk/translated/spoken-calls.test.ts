import { describe, expect, it } from 'vitest'
import { translatedFetch } from '../../../../test/translated-fetch.js'

function openFetch() {
  const { sent, call } = translatedFetch({ speaks: true })
  const ask = (path: string, body: string): Promise<Response> =>
    call(path, { method: 'POST', headers: { 'content-length': '1' }, body })
  const textOf = (call: RequestInit | undefined): string =>
    new TextDecoder().decode(call?.body instanceof Uint8Array ? call.body : undefined)
  return { sent, ask, textOf }
}

describe('a call of an SDK that the service answers itself', () => {
  it('goes byte by byte where nothing has to be changed', async () => {
    const { sent, ask } = openFetch()
    const body = '{"model":"m", "seed": 9007199254740993, "messages":[{"role":"user","content":"x"}]}'
    await ask('/chat/completions', body)
    expect(sent).toMatchObject([{ body, headers: { 'content-length': '1' } }])
  })

  it('C32: shows pictures of tools behind all results of the turn, as through the proxy', async () => {
    const { sent, ask, textOf } = openFetch()
    const picture = { type: 'image_url', image_url: { url: 'data:image/png;base64,AA' } }
    const result = {
      role: 'tool',
      tool_call_id: 'call_1',
      content: [{ type: 'text', text: 'a plot' }, picture]
    }
    await ask('/chat/completions', JSON.stringify({ model: 'm', messages: [result] }))
    expect(JSON.parse(textOf(sent[0])).messages).toEqual([
      { role: 'tool', tool_call_id: 'call_1', content: 'a plot' },
      { role: 'user', content: [{ type: 'text', text: 'From the tool call call_1:' }, picture] }
    ])
    expect(new Headers(sent[0]?.headers).has('content-length')).toBe(false)
  })

  it('keeps every digit where the body has to be changed, as the proxy does', async () => {
    const { sent, ask, textOf } = openFetch()
    const result = '{"role":"tool","tool_call_id":"c","content":[{"type":"text","text":"9007199254740995"}]}'
    await ask('/chat/completions', `{"model":"m","seed":9007199254740993,"messages":[${result}]}`)
    const plain = '{"role":"tool","tool_call_id":"c","content":"9007199254740995"}'
    expect(textOf(sent[0])).toBe(`{"model":"m","seed":9007199254740993,"messages":[${plain}]}`)
  })

  it.each([
    ['/chat/completions', '{"model":"m","input":"x"}', /^input belongs to \/v1\/responses/],
    ['/chat/completions', '{"model":"m","messages":[null]}', /^messages\[0\] must be an object/],
    ['/chat/completions', '{"messages":[]}', /^model is required/],
    ['/messages', '{"model":"m","max_tokens":1,"messages":[7]}', /^messages\[0\] must be an object/],
    ['/responses', '{"model":"m","input":5}', /^input must be a text or a list/]
  ])('C33, C34: %s %s is refused by name, and not sent', async (path, body, words) => {
    const { sent, ask } = openFetch()
    const answer = await ask(path, body)
    expect([answer.status, answer.headers.get('x-should-retry')]).toEqual([400, 'false'])
    expect((await answer.json()).error.message).toMatch(words)
    expect(sent).toEqual([])
  })
})
