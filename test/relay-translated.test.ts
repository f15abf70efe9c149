import Anthropic from '@anthropic-ai/sdk'
import { parseUsdc } from 'bursar'
import { createTokenHub } from 'bursar/tokenhub'
import OpenAI from 'openai'
import { expect, it } from 'vitest'
import { relaysUnderLimits } from './relays.js'

const KEY = 'th-local'
const model = 'anthropic/claude-sonnet-4-6'
const messages = [{ role: 'user' as const, content: 'Reply with exactly: handed through' }]

/** TokenHub, which speaks chat completions alone. `cut` ends streams after so many bytes. */
async function shop(cut?: number) {
  const { bursar, gateway, entries } = await relaysUnderLimits(KEY, { payment: '10', day: '100' })
  const tokenhub = createTokenHub(bursar, {
    apiKey: KEY,
    baseUrl: `${gateway.url}/relays/tokenhub`,
    prices: { [model]: { unit: 'call', each: parseUsdc('0.01') } },
    async fetch(url, init) {
      const response = await fetch(url, init)
      if (cut === undefined || !response.body) return response
      const bytes = new Uint8Array(await response.arrayBuffer()).slice(0, cut)
      return new Response(bytes, { headers: response.headers })
    }
  })
  return { entries, anthropic: tokenhub.anthropic(Anthropic), openai: tokenhub.openai(OpenAI) }
}

it('translates Messages and Responses for a relay that speaks neither, each billed once', async () => {
  const { anthropic, openai, entries } = await shop()
  const asked = { model, max_tokens: 64, messages }
  const whole = await anthropic.messages.create(asked)
  expect(whole).toMatchObject({ model, content: [{ type: 'text', text: 'handed through' }] })
  const types: string[] = []
  const stream = anthropic.messages.stream(asked).on('streamEvent', ({ type }) => types.push(type))
  expect(await stream.finalMessage()).toMatchObject({ model, content: [{ text: 'handed through' }] })
  // As the relay writes them: one event or more a chunk, and not one for the whole text.
  expect(types.filter((type) => type === 'content_block_delta').length).toBeGreaterThan(1)
  const response = await openai.responses.create({ model, input: messages, max_output_tokens: 64 })
  expect(response.output_text).toBe('handed through')
  expect((await entries()).map(([name, state]) => [name, state])).toEqual(Array(3).fill([model, 'settled']))
})

it('C42: ends a stream of Messages with an error where the relay cuts it off, and does not send it again', async () => {
  const { anthropic, entries } = await shop(500)
  const stream = anthropic.messages.stream({ model, max_tokens: 64, messages })
  await expect(stream.finalMessage()).rejects.toThrow(/broke off/)
  expect(await entries()).toHaveLength(1)
})

it("C8, C36: counts tokens here, and lists a relay's models as Anthropic does", async () => {
  const { anthropic, entries } = await shop()
  const counted = await anthropic.messages.countTokens({ model, messages })
  expect(counted.input_tokens).toBeGreaterThan(5)
  expect((await anthropic.models.list()).data.map(({ id }) => id)).toContain(model)
  expect(await entries()).toEqual([])
})
