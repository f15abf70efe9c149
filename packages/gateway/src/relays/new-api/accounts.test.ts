import { expect, it } from 'vitest'
import { startRelayFixture } from '../../testing/relay-fixture.js'

const image = { model: 'wan2.6-t2i', prompt: 'a cat', n: 1 }
const IMAGES = '/v1/images/generations'
const USAGE = '/api/usage/token/'

it('S64, OpenClaw 43: an expired key can ask what it has used, and nothing else', async () => {
  const expiresAtMs = Date.now() + 3_600_000
  const { ask, pass } = await startRelayFixture('openclaw', '1', expiresAtMs)
  expect((await ask(IMAGES, image)).status).toBe(200)
  pass(3_600_001)
  for (const answer of [
    await ask(IMAGES, image),
    await ask('/v1/models'),
    await ask('/v1/dashboard/billing/usage')
  ])
    expect(answer).toMatchObject({ status: 401, body: { error: { type: 'new_api_error' } } })
  const data = { total_used: 10_000, total_available: 490_000, expires_at: Math.floor(expiresAtMs / 1000) }
  expect(await ask(USAGE)).toMatchObject({ status: 200, body: { code: true, data } })
  expect((await ask(USAGE, undefined, 'sk-nobody')).status).toBe(401)
})

it('reports 0 for a key that never expires', async () => {
  const { ask } = await startRelayFixture('openclaw', '1')
  expect((await ask(USAGE)).body).toMatchObject({ data: { expires_at: 0 } })
})
