import { expect, it } from 'vitest'
import { bursarWith, limitedMeter } from '../../../test/meter.js'
import { answer, serve } from '../../../test/service.js'
import { createOpenClaw } from './openclaw.js'

/** A client of a service that lists no prices, and answers with this usage. */
async function open(usage: object) {
  const { url } = await serve(({ path }, response) =>
    path.startsWith('/api/') ? answer(response, {}, 404) : answer(response, { choices: [], usage })
  )
  const meter = limitedMeter()
  const openclaw = createOpenClaw(bursarWith(meter), { apiKey: 'sk-key', baseUrl: url })
  const send = (path: string) =>
    openclaw.fetch(`${url}/v1${path}`, {
      method: 'POST',
      body: JSON.stringify({ model: 'claude-opus-4-7', max_tokens: 100, messages: [] })
    })
  return { meter, send }
}

it('S63, OpenClaw 40: what is read from a cache costs a tenth, as OpenAI’s API reports it', async () => {
  const details = { prompt_tokens_details: { cached_tokens: 40_000 } }
  const { meter, send } = await open({ prompt_tokens: 100_000, completion_tokens: 1000, ...details })
  await send('/chat/completions')
  // 60,000 at 0.90, 40,000 at 0.09 and 1,000 at 4.50 dollars a million.
  expect(meter.calls[0]).toMatchObject({
    settled: 54_000n + 3_600n + 4_500n,
    tokens: { input: 100_000, output: 1000 }
  })
})

it('S63, OpenClaw 40: what is written to a cache costs five quarters, as Anthropic’s API reports it', async () => {
  const cache = { cache_read_input_tokens: 40_000, cache_creation_input_tokens: 20_000 }
  const { meter, send } = await open({ input_tokens: 60_000, output_tokens: 1000, ...cache })
  await send('/messages')
  expect(meter.calls[0]).toMatchObject({
    settled: 54_000n + 3_600n + 22_500n + 4_500n,
    tokens: { input: 120_000, output: 1000 }
  })
})
