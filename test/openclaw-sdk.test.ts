import { createReadStream, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { describe, expect, it } from 'vitest'
import { shop } from './openclaw-shop.js'

describe('the examples of the documentation, with the official SDKs', () => {
  it('OpenClaw 68: Claude through OpenAI and through Anthropic, whole and streamed: each at what the account was billed', async () => {
    const { openclaw, entries, billed } = await shop()
    const openai = openclaw.openai(OpenAI)
    const anthropic = openclaw.anthropic(Anthropic)
    const messages = [{ role: 'user' as const, content: 'Reply with exactly: a quicksort' }]
    const asked = { model: 'claude-sonnet-4-6', max_tokens: 1024, messages }
    const completion = await openai.chat.completions.create(asked)
    expect(completion.choices[0]?.message.content).toBe('a quicksort')
    const message = await anthropic.messages.create(asked)
    expect(message.content[0]).toMatchObject({ type: 'text', text: 'a quicksort' })
    let streamed = ''
    const stream = await openai.chat.completions.create({
      ...asked,
      stream: true,
      stream_options: { include_usage: true }
    })
    for await (const chunk of stream) streamed += chunk.choices[0]?.delta.content ?? ''
    const final = await anthropic.messages.stream(asked).finalMessage()
    expect([streamed, final.content]).toMatchObject(['a quicksort', [{ text: 'a quicksort' }]])
    const all = await entries()
    expect(all.map(([model, state]) => [model, state])).toEqual(
      Array(4).fill(['claude-sonnet-4-6', 'settled'])
    )
    expect(all.reduce((sum, [, , cost]) => sum + Number(cost), 0)).toBe(await billed('openclaw'))
  })

  it('OpenClaw 69: GPT through chat completions and responses, at prices that only the list of today has', async () => {
    const { openclaw, entries, billed } = await shop()
    const openai = openclaw.openai(OpenAI)
    const response = await openai.responses.create({
      model: 'gpt5.4-plus',
      input: 'Reply with exactly: entangled',
      max_output_tokens: 64
    })
    expect(response.output_text).toBe('entangled')
    await openai.chat.completions.create({
      model: 'gpt5.4-plus',
      max_tokens: 1024,
      messages: [{ role: 'user', content: 'Explain quantum computing' }]
    })
    expect((await entries()).reduce((sum, [, , cost]) => sum + Number(cost), 0)).toBe(
      await billed('openclaw')
    )
  })

  it('images of GPT Image and Wan through the OpenAI SDK, made and changed', async () => {
    const { openclaw, entries, billed, folder } = await shop()
    const openai = openclaw.openai(OpenAI)
    const made = await openai.images.generate({
      model: 'gpt-image-1.5-vvip',
      prompt: 'A product photo of a sneaker',
      size: '1024x1024',
      quality: 'high',
      background: 'transparent',
      moderation: 'low',
      output_format: 'png',
      output_compression: 30,
      response_format: 'b64_json',
      n: 1
    })
    const input = join(folder, 'input.png')
    writeFileSync(input, Buffer.from(made.data?.[0]?.b64_json ?? '', 'base64'))
    const edited = await openai.images.edit({
      model: 'gpt-image-1.5-vvip',
      image: createReadStream(input),
      prompt: 'Add sunglasses',
      n: 1
    })
    expect(edited.data?.[0]?.url).toMatch(/^http/)
    const wan = { model: 'wan2.6-t2i', prompt: '一只橘猫在海边', size: '1280*1280' as never, n: 1, seed: 42 }
    expect((await openai.images.generate(wan)).data).toHaveLength(1)
    const all = await entries()
    expect(all.map(([model]) => model)).toEqual(['gpt-image-1.5-vvip', 'gpt-image-1.5-vvip', 'wan2.6-t2i'])
    expect(all.reduce((sum, [, , cost]) => sum + Number(cost), 0)).toBe(await billed('openclaw'))
  })
})
