import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { startGateway } from '@bursar/gateway'
import { generateText, streamText } from 'ai'
import { createKatana } from 'bursar/katana'
import OpenAI from 'openai'
import { describe, expect, it, onTestFinished } from 'vitest'
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

describe('the three ways to be billed, each with an SDK that knows of none', () => {
  const messages = [{ role: 'user', content: 'Reply with exactly: one two three' }] as const
  const asked = { model: 'qwen3-6-flash', messages: [...messages], max_tokens: 64 }

  async function newShop(isPrepaid = false) {
    const gateway = await startGateway({
      base: stack.chain,
      katana: { accounts: [{ key: 'key', secret: 'secret', credits: '100' }], loneCredential: 'ignore' }
    })
    const wallet = await fundWallet(stack)
    const katana = createKatana(wallet.bursar, {
      baseUrl: gateway.url,
      ...(isPrepaid ? { topUp: { amount: '0.2', perDay: '1' } } : {})
    })
    onTestFinished(async () => {
      await wallet.bursar.close()
      await gateway.stop()
    })
    return { ...wallet, gateway, katana, baseURL: katana.baseURL }
  }

  it('Katana 159: directly, a payment for each call', async () => {
    const { address, bursar, baseURL } = await newShop()
    const openai = new OpenAI({ baseURL, apiKey: 'x402', fetch: bursar.fetch })
    const reply = await openai.chat.completions.create(asked)
    expect(reply.choices[0]?.message.content).toBe('one two three')
    expect(await stack.chain.authorizationsUsed(address)).toHaveLength(1)
  })

  it('Katana 159: from the prepaid balance', async () => {
    const { address, katana, baseURL } = await newShop(true)
    const openai = new OpenAI({ baseURL, apiKey: 'x402', fetch: katana.openaiFetch })
    for (let call = 0; call < 3; call++) {
      const reply = await openai.chat.completions.create(asked)
      expect(reply.choices[0]?.message.content).toBe('one two three')
    }
    expect(await stack.chain.authorizationsUsed(address)).toHaveLength(1)
  })

  it('Katana 159: by an API key, streaming', async () => {
    const { address, bursar, baseURL } = await newShop()
    const openai = new OpenAI({ baseURL, apiKey: 'key:secret', fetch: bursar.fetch })
    let text = ''
    for await (const { choices } of await openai.chat.completions.create({ ...asked, stream: true }))
      text += choices[0]?.delta.content ?? ''
    expect(text).toBe('one two three')
    expect(await stack.chain.authorizationsUsed(address)).toEqual([])
  })

  it('all three, with the Vercel AI SDK', async () => {
    const { address, bursar, baseURL } = await newShop()
    const provider = (apiKey: string) =>
      createOpenAICompatible({ name: 'katana', baseURL, apiKey, fetch: bursar.fetch })
    const prompt = 'Reply with exactly: one two three'
    const paid = await generateText({ model: provider('x402')('qwen3-6-flash'), prompt, maxOutputTokens: 64 })
    expect(paid.text).toBe('one two three')
    expect(await stack.chain.authorizationsUsed(address)).toHaveLength(1)
    const streamed = streamText({
      model: provider('key:secret')('qwen3-6-flash'),
      prompt,
      maxOutputTokens: 64
    })
    expect(await streamed.text).toBe('one two three')
    expect(await stack.chain.authorizationsUsed(address)).toHaveLength(1)
    const prepaid = await newShop(true)
    const fromBalance = createOpenAICompatible({
      name: 'katana',
      baseURL: prepaid.baseURL,
      apiKey: 'x402',
      fetch: prepaid.katana.openaiFetch
    })
    const spent = await generateText({ model: fromBalance('qwen3-6-flash'), prompt, maxOutputTokens: 64 })
    expect(spent.text).toBe('one two three')
    expect(await prepaid.katana.balance.balance()).toBeLessThan(200_000n)
  })
})

it('M18: the official OpenAI SDK with its own retries, on a prepaid balance whose answer is lost, causes one debit', async () => {
  const { bursar } = await fundWallet(stack, { limits: { payment: '2', day: '5' } })
  onTestFinished(() => bursar.close())
  let lost = 0
  const katana = createKatana(bursar, {
    baseUrl: stack.gateway.url,
    topUp: { amount: '1.00', perDay: '5.00' },
    async plainFetch(url, init) {
      const response = await fetch(url, init)
      if (!url.endsWith('/chat/completions') || !response.ok) return response
      lost++
      throw new TypeError('The connection was lost')
    }
  })
  const openai = new OpenAI({ baseURL: katana.baseURL, apiKey: 'x402', fetch: katana.openaiFetch })
  const asked = openai.chat.completions.create({
    model: 'qwen3-6-flash',
    messages: [{ role: 'user', content: 'Reply with exactly: once' }],
    max_tokens: 64
  })
  await expect(asked).rejects.toMatchObject({ status: 400, error: { money_state: 'unknown' } })
  expect(lost).toBe(1)
  const types: string[] = []
  for await (const { type } of katana.balance.transactions()) types.push(type)
  expect(types.filter((type) => type === 'debit')).toHaveLength(1)
})
