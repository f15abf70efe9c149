import { expect, it } from 'vitest'
import { chat, input, MODEL, message } from './asks.js'
import { type Answer, type Ask, openCarriers } from './carriers.js'

/** With numbers of 64 bits, which a double does not hold. */
const SCHEMA =
  '{"type":"object","properties":{"id":{"enum":[9007199254740993],"default":-18446744073709551615}}}'
const completion: Answer = {
  body: JSON.stringify({
    ...{ id: 'c', object: 'chat.completion', created: 1, model: MODEL },
    choices: [{ index: 0, message: { role: 'assistant', content: '{}' }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 }
  })
}
const withSchema = ({ path, body }: Ask): Ask => ({
  path,
  body: String(body).replaceAll('"SCHEMA"', SCHEMA)
})
const schema = 'SCHEMA'
const tool = { type: 'function', function: { name: 'f', parameters: schema } }

const asks: readonly [name: string, ask: Ask][] = [
  ['chats', chat({ tools: [tool] })],
  ['chats that are to stream', chat({ tools: [tool], stream: true })],
  [
    'Messages',
    message({
      tools: [{ name: 'f', input_schema: schema }],
      output_config: { format: { type: 'json_schema', schema } }
    })
  ],
  ['Messages that are to stream', message({ tools: [{ name: 'f', input_schema: schema }], stream: true })],
  [
    'Responses',
    input({
      tools: [{ type: 'function', name: 'f', parameters: schema }],
      text: { format: { type: 'json_schema', name: 'a', schema } }
    })
  ]
]

it.each(asks)('keeps every digit of the schemas of %s, in both carriers', async (_, ask) => {
  const asked = withSchema(ask)
  for (const service of ['katana', 'venice'] as const) {
    const { proxied, inProcess } = await openCarriers(() => completion, service)
    const [through, within] = [await proxied(asked), await inProcess(asked)]
    const schemas = String(ask.body).split('"SCHEMA"').length - 1
    expect([service, through.status, through.received.join().split(SCHEMA).length - 1]).toEqual([
      service,
      200,
      schemas
    ])
    expect(within.received).toEqual(through.received)
  }
})
