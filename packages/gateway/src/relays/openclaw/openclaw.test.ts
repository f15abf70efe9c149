import { describe, expect, it } from 'vitest'
import { chat, IMAGES, wan } from '../../testing/openclaw.js'
import { startRelayFixture } from '../../testing/relay-fixture.js'

describe('OpenClaw Token: keys, quota and models', () => {
  it('OpenClaw 1: a missing or wrong key answers 401, in the words of the software', async () => {
    const { ask } = await startRelayFixture('openclaw')
    for (const key of [null, 'sk-wrong'])
      expect(await ask('/v1/chat/completions', chat, key)).toMatchObject({
        status: 401,
        body: { error: { type: 'new_api_error', message: 'Invalid token' } }
      })
  })

  it('OpenClaw 2: an exhausted quota answers 403 with its code, not 402', async () => {
    const { ask } = await startRelayFixture('openclaw', '0')
    expect(await ask('/v1/chat/completions', chat)).toMatchObject({
      status: 403,
      body: { error: { code: 'insufficient_user_quota' } }
    })
  })

  it('OpenClaw 3 and 4: a model that nobody serves answers 503, and none at all 400', async () => {
    const { ask } = await startRelayFixture('openclaw')
    expect(await ask('/v1/chat/completions', { ...chat, model: 'nobody' })).toMatchObject({
      status: 503,
      body: { error: { code: 'model_not_found' } }
    })
    expect((await ask('/v1/chat/completions', { messages: chat.messages })).status).toBe(400)
  })

  it('OpenClaw 5, 41 and 43: half a million of quota is a dollar, and prices are ratios of it', async () => {
    const { ask } = await startRelayFixture('openclaw', '0.02')
    expect((await ask(IMAGES, wan({ n: 1 }))).status).toBe(200)
    const spent = { object: 'token_usage', total_granted: 10_000, total_used: 10_000, total_available: 0 }
    expect(await ask('/api/usage/token/')).toMatchObject({ status: 200, body: { code: true, data: spent } })
    const { data } = (await ask('/api/pricing', undefined, null)).body as { data: { model_name: string }[] }
    const row = (name: string) => data.find(({ model_name }) => model_name === name)
    expect(row('claude-sonnet-4-6')).toMatchObject({ quota_type: 0, model_ratio: 0.26, completion_ratio: 5 })
    expect(row('gpt-image-2')).toMatchObject({ quota_type: 1, model_price: 0.01 })
    expect((await ask('/api/status')).body).toMatchObject({ data: { quota_per_unit: 500_000 } })
  })

  it('OpenClaw 42: usage is reported in cents, and a key without a bound shows 100000000', async () => {
    const bounded = await startRelayFixture('openclaw', '1')
    await bounded.ask(IMAGES, wan({ n: 2 }))
    expect((await bounded.ask('/v1/dashboard/billing/usage')).body).toMatchObject({ total_usage: 4 })
    const free = await startRelayFixture('openclaw')
    expect((await free.ask('/v1/dashboard/billing/subscription')).body).toMatchObject({
      hard_limit_usd: 100_000_000
    })
  })
})

it('OpenClaw 40: tokens that a cache gives cost a tenth', async () => {
  const { ask } = await startRelayFixture('openclaw')
  const { data } = (await ask('/api/pricing')).body as { data: { model_name: string; cache_ratio: number }[] }
  const rows = data.filter(({ model_name: name }) => name.startsWith('claude'))
  expect(rows.map(({ cache_ratio: ratio }) => Math.round(ratio * 1000) / 1000)).toEqual([0.1, 0.1, 0.1, 0.1])
  for (const row of rows) expect(row).toMatchObject({ create_cache_ratio: 1.25 })
})
