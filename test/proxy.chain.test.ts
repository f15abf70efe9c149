import { stackTest } from '@bursar/gateway/vitest'
import { describe, expect } from 'vitest'
import { BASE, model, proxyOn, SOLANA, say, TOKEN } from './proxy-on.js'

const test = stackTest({ gateway: { katana: { generationMs: 50 } } })

const networks = [
  ['Base', BASE],
  ['Solana', SOLANA]
] as const

describe.each(networks)('paying on %s', (_, network) => {
  test('the official OpenAI SDK chats, whole and as a stream', async ({ stack }) => {
    const { openai, purchases } = await proxyOn(stack, { prefer: [network] })
    const whole = await openai.chat.completions.create(say('hello there'))
    expect(whole.choices[0]?.message.content).toBe('hello there')
    expect(whole.usage?.total_tokens).toBeGreaterThan(0)
    let text = ''
    let usage = 0
    const long = 'word '.repeat(200).trim()
    const stream = await openai.chat.completions.create({
      ...say(long),
      max_tokens: 1000,
      stream: true,
      stream_options: { include_usage: true }
    })
    const finishes: (string | null)[] = []
    for await (const { choices, usage: told } of stream) {
      text += choices[0]?.delta.content ?? ''
      if (choices[0]?.finish_reason) finishes.push(choices[0].finish_reason)
      usage = told?.total_tokens ?? usage
    }
    expect([text, finishes, usage > 200]).toEqual([long, ['stop'], true])
    const name = network === SOLANA ? 'Solana' : BASE
    expect(await purchases()).toEqual(Array(2).fill(`default ${model} ${name} settled`))
  })

  test('the official OpenAI SDK uses Responses and has images made', async ({ stack }) => {
    const { openai, purchases } = await proxyOn(stack, { prefer: [network] })
    const asked = { model, input: 'Reply with exactly: responded', max_output_tokens: 64 }
    const response = await openai.responses.create(asked)
    expect([response.output_text, response.status]).toEqual(['responded', 'completed'])
    let text = ''
    for await (const event of await openai.responses.create({ ...asked, stream: true })) {
      if (event.type === 'response.output_text.delta') text += event.delta
      if (event.type === 'response.completed') expect(event.response.usage?.input_tokens).toBeGreaterThan(0)
    }
    expect(text).toBe('responded')
    const drawn = { model: 'gen', prompt: 'A mug', size: '1024x1024' as const }
    const byUrl = await openai.images.generate(drawn)
    expect((await fetch(byUrl.data?.[0]?.url ?? '')).headers.get('content-type')).toBe('image/png')
    const [picture] =
      (await openai.images.generate({ ...drawn, n: 2, response_format: 'b64_json' })).data ?? []
    expect(
      Buffer.from(picture?.b64_json ?? '', 'base64')
        .subarray(1, 4)
        .toString()
    ).toBe('PNG')
    expect((await openai.models.list()).data.map(({ id }) => id)).toContain(model)
    expect(await purchases()).toHaveLength(4)
  })

  test('the official Anthropic SDK asks for messages, whole and as a stream', async ({ stack }) => {
    const { anthropic, purchases } = await proxyOn(stack, { prefer: [network] })
    const { messages, ...asked } = say('bonjour')
    const whole = await anthropic.messages.create({ ...asked, messages, system: 'Be brief.' })
    expect(whole).toMatchObject({ content: [{ type: 'text', text: 'bonjour' }], stop_reason: 'end_turn' })
    const final = await anthropic.messages.stream({ ...asked, messages }).finalMessage()
    expect(final.content).toMatchObject([{ type: 'text', text: 'bonjour' }])
    expect(final.usage.output_tokens).toBe(whole.usage.output_tokens)
    expect((await anthropic.models.list()).data.length).toBeGreaterThan(20)
    expect(await purchases()).toHaveLength(2)
  })
})

describe('nobody pays twice for asking again', () => {
  test('an SDK that retries by itself, because the answer was lost, has it for one payment', async ({
    stack
  }) => {
    const { openai, anthropic, purchases } = await proxyOn(stack, { resend: { times: 0 } })
    const before = await stack.base?.authorizationsUsed()
    stack.gateway.faults.next('answer-lost-after-settling', { times: 1 })
    expect((await openai.chat.completions.create(say('once'))).choices[0]?.message.content).toBeTruthy()
    stack.gateway.faults.next('answer-lost-after-settling', { times: 1 })
    expect((await anthropic.messages.create(say('once as well'))).content).toHaveLength(1)
    expect(await purchases()).toHaveLength(2)
    expect((await stack.base?.authorizationsUsed())?.length).toBe((before?.length ?? 0) + 2)
  })

  test('a client whose patience ends before the answer is there asks again, and joins the first call', async ({
    stack
  }) => {
    const { openai, purchases } = await proxyOn(stack)
    stack.gateway.faults.next('slow', { times: 2 })
    const impatient = openai.withOptions({ timeout: 700, maxRetries: 1_000 })
    expect((await impatient.chat.completions.create(say('patience'))).choices).toHaveLength(1)
    expect(await purchases()).toHaveLength(1)
  })

  test('an image that is paid for and fails is reported with its job, and not bought again by the SDK', async ({
    stack
  }) => {
    const { openai, purchases } = await proxyOn(stack)
    stack.gateway.faults.next('job-fails', { leg: 'paid' })
    await expect(
      openai.images.generate({ model: 'gen', prompt: 'A mug', size: '1024x1024' }, { maxRetries: 3 })
    ).rejects.toMatchObject({ status: 400, message: expect.stringMatching(/Job \S+ is paid for/) })
    expect(await purchases()).toHaveLength(1)
  })

  test('one idempotency key is one answer, in flight and later, and belongs to one request', async ({
    stack
  }) => {
    const { post, purchases, proxy, ledger } = await proxyOn(stack)
    const key = { 'idempotency-key': 'invoice-42' }
    const together = await Promise.all([1, 2, 3].map(() => post(say('shared'), key)))
    const [first, ...others] = await Promise.all(together.map((response) => response.text()))
    expect(others).toEqual([first, first])
    expect(await (await post(say('shared'), key)).text()).toBe(first)
    expect((await post(say('another'), key)).status).toBe(422)
    expect(await purchases()).toHaveLength(1)
    // After a restart, the ledger knows it still.
    await proxy.stop()
    const again = await proxyOn(stack, { ledger })
    const refused = await again.post(say('shared'), key)
    expect([refused.status, await refused.json()]).toMatchObject([
      402,
      { error: { code: 'purchase/already-settled' } }
    ])
  })

  test('images that were bought under a key are had again after a restart, from their job', async ({
    stack
  }) => {
    const { post, purchases, proxy, ledger } = await proxyOn(stack)
    const key = { 'idempotency-key': 'cover-1' }
    const asked = { model: 'gen', prompt: 'A cover', size: '1024x1024' }
    const first = await (await post(asked, key, '/v1/images/generations')).json()
    await proxy.stop()
    const again = await proxyOn(stack, { ledger })
    const second = await again.post(asked, key, '/v1/images/generations')
    expect([second.status, (await second.json()).data]).toEqual([200, first.data])
    expect(await purchases()).toHaveLength(1)
  })

  test('the same asked twice on purpose, without a key, is bought twice', async ({ stack }) => {
    const { post, purchases } = await proxyOn(stack)
    await (await post(say('twice'))).text()
    await (await post(say('twice'))).text()
    expect(await purchases()).toHaveLength(2)
  })

  test('M61: what cannot be verified is reported with its money state, and is had by the same request once it can', async ({
    stack
  }) => {
    const down = { [BASE]: 'http://127.0.0.1:9' }
    const only = { solana: undefined, prefer: [BASE] } as const
    const { post, proxy, ledger } = await proxyOn(stack, { verify: 'chain', rpcUrls: down, ...only })
    const before = (await stack.base?.authorizationsUsed())?.length ?? 0
    const unverified = await post(say('verified'))
    expect(unverified.status).toBeGreaterThanOrEqual(400)
    expect(unverified.headers.get('x-bursar-money')).toMatch(/^(?:sent|settled|unknown)$/)
    expect(await unverified.json()).toMatchObject({ error: { code: expect.stringMatching(/^payment\//) } })
    await proxy.stop()
    const again = await proxyOn(stack, { ledger, verify: 'chain', prefer: [BASE] })
    expect(await (await again.post(say('verified'))).json()).toMatchObject({
      choices: [{ message: { content: 'verified' } }]
    })
    expect((await stack.base?.authorizationsUsed())?.length).toBe(before + 1)
  })

  test('an answer whose client hung up waits for the next equal request', async ({ stack }) => {
    const { post, purchases, proxy } = await proxyOn(stack)
    const gone = new AbortController()
    // The client hangs up once its request has reached the service.
    const match = (): boolean => {
      gone.abort()
      return true
    }
    stack.gateway.faults.next('slow', { times: 2, match })
    const body = JSON.stringify(say('left behind'))
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}` }
    const left = fetch(`${proxy.url}/v1/chat/completions`, {
      method: 'POST',
      headers,
      body,
      signal: gone.signal
    })
    await expect(left).rejects.toThrow()
    expect((await post(say('left behind'))).status).toBe(200)
    expect(await purchases()).toHaveLength(1)
  })
})

describe('a stream', () => {
  test('that waits says so, and then is whole', async ({ stack }) => {
    const { openai, post, anthropic } = await proxyOn(stack, { keepAliveMs: 50 })
    stack.gateway.faults.next('slow', { times: 2 })
    const text = await (await post({ ...say('at last'), stream: true })).text()
    expect(text).toMatch(/^(?:: waiting\n\n)+data: \{/)
    expect(text).toMatch(/data: \[DONE\]\n\n$/)
    stack.gateway.faults.next('slow', { times: 2 })
    let said = ''
    for await (const chunk of await openai.chat.completions.create({ ...say('and again'), stream: true }))
      said += chunk.choices[0]?.delta.content ?? ''
    expect(said).toBe('and again')
    stack.gateway.faults.next('slow', { times: 2 })
    expect((await anthropic.messages.stream(say('and here')).finalMessage()).content).toMatchObject([
      { text: 'and here' }
    ])
  })

  test('that has begun and fails ends with an error of its API', async ({ stack }) => {
    const { openai, anthropic } = await proxyOn(stack, { keepAliveMs: 20, limits: { payment: '0.000001' } })
    stack.gateway.faults.next('slow', { times: 2 })
    const stream = await openai.chat.completions.create({ ...say('no'), stream: true })
    const read = async () => {
      for await (const _ of stream);
    }
    await expect(read()).rejects.toMatchObject({ code: 'offer/over-limit' })
    stack.gateway.faults.next('slow', { times: 2 })
    await expect(anthropic.messages.stream(say('no')).finalMessage()).rejects.toThrow(/above the limit/)
  })

  test('that fails before it has begun fails with its status', async ({ stack }) => {
    const { openai } = await proxyOn(stack, { limits: { payment: '0.000001' } })
    await expect(openai.chat.completions.create({ ...say('no'), stream: true })).rejects.toMatchObject({
      status: 402,
      code: 'offer/over-limit'
    })
  })
})
