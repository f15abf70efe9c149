import type { JsonObject } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { useStack } from '../../testing/stack.js'
import { buy, call } from '../../testing/wallet.js'

const stack = useStack({ katana: { accounts: [{ key: 'k', secret: 's', credits: '1000' }] } })
const account = { 'X-API-Key': 'k', 'X-API-Secret': 's' }
const path = '/v1/chat/completions'
const question = { model: 'gpt-5-4-mini', messages: [{ role: 'user', content: 'How is the weather?' }] }

/** The first choice and the usage of a reply to an API key. */
async function ask(body: JsonObject = question): Promise<{ choice: JsonObject; usage: JsonObject }> {
  const reply = await (await call(stack.gateway, path, body, account)).json()
  return { choice: reply.choices[0], usage: reply.usage }
}

describe('answerWith', () => {
  it('P82: scripts several turns, from a tool call to an answer, and then repeats the question again', async () => {
    stack.gateway.katana.answerWith(
      { toolCalls: [{ name: 'weather', arguments: { city: 'Paris' }, id: 'call_1' }] },
      { content: 'It is 12 degrees in Paris.' }
    )
    const first = await ask()
    expect(first.choice).toMatchObject({
      finish_reason: 'tool_calls',
      message: {
        role: 'assistant',
        content: null,
        tool_calls: [
          { id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"city":"Paris"}' } }
        ]
      }
    })
    const toolResult = { role: 'tool', tool_call_id: 'call_1', content: '12' }
    const second = await ask({
      ...question,
      messages: [...question.messages, first.choice.message as JsonObject, toolResult]
    })
    expect(second.choice).toMatchObject({
      finish_reason: 'stop',
      message: { content: 'It is 12 degrees in Paris.' }
    })
    expect((await ask()).choice).toMatchObject({ message: { content: 'You asked: How is the weather?' } })
  })

  it('P82: writes JSON, refusals and reasoning, and counts the tokens of reasoning', async () => {
    stack.gateway.katana.answerWith(
      { json: { degrees: 12 } },
      { refusal: 'I cannot help with that.' },
      { reasoning: 'Let me think about this.', content: 'Twelve.' }
    )
    expect((await ask()).choice).toMatchObject({ message: { content: '{"degrees":12}', refusal: null } })
    expect((await ask()).choice).toMatchObject({
      message: { content: null, refusal: 'I cannot help with that.' }
    })
    const { choice, usage } = await ask()
    expect(choice).toMatchObject({
      message: { reasoning_content: 'Let me think about this.', content: 'Twelve.' }
    })
    expect(usage).toMatchObject({
      completion_tokens: 8,
      completion_tokens_details: { reasoning_tokens: 6 }
    })
  })

  it('P82: makes a reply from the request that it answers', async () => {
    stack.gateway.katana.answerWith(({ model }) => ({ content: `I am ${model}.` }))
    expect((await ask()).choice).toMatchObject({ message: { content: 'I am gpt-5-4-mini.' } })
  })

  it('P82: streams a script as it streams any reply', async () => {
    stack.gateway.katana.answerWith({
      reasoning: 'Think.',
      toolCalls: [{ name: 'weather', arguments: {} }]
    })
    const response = await call(stack.gateway, path, { ...question, stream: true }, account)
    const events = (await response.text()).split('\n\n').filter((event) => event.startsWith('data: {'))
    const deltas = events.map((event) => JSON.parse(event.slice(6)).choices[0])
    expect(deltas.map(({ delta }) => delta)).toEqual([
      { role: 'assistant', content: '' },
      { reasoning_content: 'Think.' },
      {
        tool_calls: [
          {
            index: 0,
            id: expect.stringMatching(/^call_/),
            type: 'function',
            function: { name: 'weather', arguments: '{}' }
          }
        ]
      },
      {}
    ])
    expect(deltas.at(-1)).toMatchObject({ finish_reason: 'tool_calls' })
  })

  it('P82: uses a reply up when it is paid for, and not when it is quoted or sent again', async () => {
    stack.gateway.katana.answerWith({ content: 'paid' }, { content: 'next' })
    await call(stack.gateway, path, question)
    const response = await buy(stack.gateway, stack.payer, path, question)
    expect(await response.json()).toMatchObject({ choices: [{ message: { content: 'paid' } }] })
    expect((await ask()).choice).toMatchObject({ message: { content: 'next' } })
  })

  it('ends a scripted text where the request’s bound is', async () => {
    stack.gateway.katana.answerWith({ content: 'twelve letters' })
    expect((await ask({ ...question, max_tokens: 2 })).choice).toMatchObject({
      finish_reason: 'length',
      message: { content: 'twelve l' }
    })
  })

  it('cuts a reply where the script says so: a text as it stands, a tool call in its arguments', async () => {
    const call = { name: 'weather', arguments: { city: 'Paris' } }
    stack.gateway.katana.answerWith(
      { content: 'So far', isCut: true },
      { toolCalls: [call, call], isCut: true }
    )
    expect((await ask()).choice).toMatchObject({ finish_reason: 'length', message: { content: 'So far' } })
    expect((await ask()).choice).toMatchObject({
      finish_reason: 'length',
      message: {
        tool_calls: [{ function: { arguments: '{"city":"Paris"}' } }, { function: { arguments: '{"city":' } }]
      }
    })
  })

  it('has a reply that stands for all requests behind the script, until it is reset', async () => {
    const { katana } = stack.gateway
    katana.answerAllWith(({ tools }) => ({ content: tools ? 'tools' : 'none' }))
    katana.answerWith({ content: 'first' })
    const replies: unknown[] = []
    for (const more of [{}, { tools: [] }, {}, {}]) replies.push((await ask({ ...question, ...more })).choice)
    stack.gateway.reset()
    replies.push((await ask()).choice)
    expect(replies).toMatchObject(
      ['first', 'tools', 'none', 'none', 'You asked: How is the weather?'].map((content) => ({
        message: { content }
      }))
    )
    expect(() => katana.answerAllWith({})).toThrow(TypeError)
  })

  it('does not take a reply that is empty, or that has a misspelled field alone', () => {
    expect(() => stack.gateway.katana.answerWith({})).toThrow(TypeError)
    const misspelled = { tool_calls: [] }
    expect(() => stack.gateway.katana.answerWith(misspelled as object)).toThrow(
      'needs one of content, json, toolCalls, refusal, reasoning'
    )
  })
})
