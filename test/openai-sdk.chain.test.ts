import OpenAI from 'openai'
import { expect, it } from 'vitest'
import { fundWallet, useStack } from './stack.js'

const stack = useStack()

it('the official OpenAI SDK with its own retries, cut off twice after paying, pays once and has its answer', async () => {
  const { address, bursar } = await fundWallet(stack)
  stack.gateway.faults.next('answer-lost-after-settling', { times: 2 })
  const openai = new OpenAI({ baseURL: `${stack.gateway.url}/v1`, apiKey: 'x402', fetch: bursar.fetch })
  const completion = await openai.chat.completions.create({
    model: 'qwen3-6-flash',
    messages: [{ role: 'user', content: 'Reply with exactly: paid once' }],
    max_tokens: 64
  })
  expect(completion.choices[0]?.message.content).toBeTruthy()
  expect(await stack.chain.authorizationsUsed(address)).toHaveLength(1)
})

it('the official OpenAI SDK, cut off beyond what one call resends, pays once across its own retries', async () => {
  const { address, bursar } = await fundWallet(stack, { resend: { times: 0 } })
  stack.gateway.faults.next('answer-lost-after-settling', { times: 2 })
  const openai = new OpenAI({ baseURL: `${stack.gateway.url}/v1`, apiKey: 'x402', fetch: bursar.fetch })
  const completion = await openai.chat.completions.create({
    model: 'qwen3-6-flash',
    messages: [{ role: 'user', content: 'Reply with exactly: still once' }],
    max_tokens: 64
  })
  expect(completion.choices).toHaveLength(1)
  expect(await stack.chain.authorizationsUsed(address)).toHaveLength(1)
})
