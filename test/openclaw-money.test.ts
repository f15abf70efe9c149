import { createOpenClaw } from 'bursar/openclaw'
import OpenAI from 'openai'
import { describe, expect, it } from 'vitest'
import { KEY, shop, wide } from './openclaw-shop.js'

describe('what keeps the money', () => {
  const image = { model: 'gpt-image-2', prompt: 'a cat' } as const

  it('a limit of 0.10 USD a day stops the eleventh cent', async () => {
    const { openclaw, billed } = await shop({ payment: '0.05', day: '0.10' })
    for (let cent = 0; cent < 10; cent++) await openclaw.images.generate(image)
    await expect(openclaw.images.generate(image)).rejects.toMatchObject({
      code: 'offer/over-limit',
      moneyState: 'none',
      context: { limit: 'day' }
    })
    expect(await billed('openclaw')).toBe(100_000)
  })

  it('and what is asked for at once cannot pass it together', async () => {
    const { openclaw, billed } = await shop({ payment: '0.05', day: '0.10' })
    const outcomes = await Promise.allSettled(
      Array.from({ length: 30 }, () => openclaw.images.generate(image))
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
    expect(await billed('openclaw')).toBe(100_000)
  })

  it('what the service rejects is free, and distinguished by its own code', async () => {
    const poor = await shop(wide, '0')
    const refusals = [
      [poor.openclaw, image, 403, 'insufficient_user_quota'],
      [createOpenClaw(poor.bursar, { ...poor.options, apiKey: 'sk-wrong' }), image, 401, undefined],
      [poor.openclaw, { ...image, model: 'gpt-image-9' }, 503, 'model_not_found']
    ] as const
    const prices = { 'gpt-image-9': { unit: 'call', each: 10_000n } }
    for (const [client, item, status, serviceCode] of refusals) {
      const known = createOpenClaw(poor.bursar, { ...poor.options, prices: prices as never })
      const asked = status === 503 ? known : client
      const error = await asked.images.generate(item as never).catch((caught: unknown) => caught)
      expect(error).toMatchObject({ code: 'service/refused', moneyState: 'none', context: { status } })
      expect(error).toMatchObject({ context: serviceCode === undefined ? {} : { serviceCode } })
    }
    expect((await poor.entries()).map(([, state]) => state)).toEqual(['released', 'released', 'released'])
    await expect(
      poor.openclaw.openai(OpenAI).chat.completions.create({ model: 'claude-opus-4-7', messages: [] })
    ).rejects.toMatchObject({ status: 403 })
  })

  it('a lost answer counts in full, is reported as unknown, and is never sent again', async () => {
    const { openclaw, gateway, entries } = await shop()
    gateway.faults.next('answer-lost-after-settling', { leg: 'any' })
    await expect(openclaw.images.generate(image)).rejects.toMatchObject({
      code: 'service/unreachable',
      moneyState: 'unknown'
    })
    const onImages = { match: ({ path }: { path: string }) => path.endsWith('/images/generations') }
    gateway.faults.next('answer-lost-after-settling', { leg: 'any', ...onImages })
    const openai = openclaw.openai(OpenAI)
    await expect(openai.images.generate({ ...image })).rejects.toMatchObject({
      status: 400,
      code: 'service/unreachable'
    })
    expect(await entries()).toEqual(Array(2).fill(['gpt-image-2', 'settled', 10_000n]))
    expect(gateway.requests.filter(({ path }) => path.endsWith('/images/generations'))).toHaveLength(2)
  })

  it('a model of which nobody knows the price is not asked', async () => {
    const { openclaw, gateway } = await shop()
    await expect(
      openclaw.openai(OpenAI).chat.completions.create({ model: 'secret-model', messages: [] })
    ).rejects.toMatchObject({ status: 400, code: 'price/unknown' })
    expect(gateway.requests.filter(({ path }) => path.endsWith('/chat/completions'))).toEqual([])
  })

  it('OpenClaw 73: Claude Code is told where to go, with the key', async () => {
    const { openclaw, gateway } = await shop()
    expect(openclaw.claudeEnv()).toEqual({
      ANTHROPIC_BASE_URL: `${gateway.url}/relays/openclaw`,
      ANTHROPIC_API_KEY: KEY
    })
  })

  it('the key goes to the service and nowhere else, and is in no error', async () => {
    const { bursar, openclaw, options } = await shop()
    await expect(openclaw.fetch('https://elsewhere.example/v1/models', {})).rejects.toMatchObject({
      code: 'request/host-refused'
    })
    expect(() => createOpenClaw(bursar, { ...options, apiKey: 'not-a-key-of-theirs' })).toThrow(
      /sk-.*not shown/
    )
  })
})
