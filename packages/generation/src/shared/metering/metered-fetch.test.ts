import { atomicUsdc, BASE, BursarError } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { json, metered } from '../../../test/metered.js'

describe('what an answer cost', () => {
  it('is entered before the answer is handed over, by the usage of whichever API', async () => {
    const usages: [object, bigint][] = [
      [{ usage: { prompt_tokens: 3, completion_tokens: 4 } }, 7_000_000n],
      [
        { usage: { prompt_tokens: 3, completion_tokens: 4, prompt_tokens_details: { cached_tokens: 2 } } },
        5_200_000n
      ],
      [{ usage: { input_tokens: 3, output_tokens: 4, cache_read_input_tokens: 10 } }, 8_000_000n],
      [{ response: { usage: { input_tokens: 1, output_tokens: 1 } } }, 2_000_000n],
      [{ usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 2, thoughtsTokenCount: 3 } }, 6_000_000n]
    ]
    for (const [body, cost] of usages) {
      const { post, outcomes, receiptOf } = metered(() => json(body))
      const answer = await post()
      expect(outcomes).toEqual([atomicUsdc(cost)])
      expect(await answer.json()).toEqual(body)
      expect(receiptOf(answer)).toEqual({ moneyState: 'settled', purchase: 'p1' })
    }
  })

  it('is what was reserved when the answer does not say, and audio files arrive byte for byte', async () => {
    const bytes = new Uint8Array([0xff, 0xfb, 0x90, 0x00])
    const { post, outcomes } = metered(
      () => new Response(bytes, { headers: { 'content-type': 'audio/mpeg' } })
    )
    expect(new Uint8Array(await (await post()).arrayBuffer())).toEqual(bytes)
    expect(outcomes).toEqual(['in full'])
  })

  it('is nothing where the service rejected, and in full where it failed or did not answer', async () => {
    for (const [status, outcome, moneyState] of [
      [400, 'free', 'none'],
      [402, 'free', 'none'],
      [429, 'free', 'none'],
      [503, 'free', 'none'],
      [500, 'in full', 'unknown'],
      [504, 'in full', 'unknown']
    ] as const) {
      const { post, outcomes, receiptOf } = metered(() => json({}, status))
      expect(receiptOf(await post())).toMatchObject({ moneyState })
      expect(outcomes).toEqual([outcome])
    }
    const { post, outcomes } = metered(() => Promise.reject(new TypeError('lost')))
    await expect(post()).rejects.toThrow('lost')
    expect(outcomes).toEqual(['in full'])
  })
})

describe('a balance that was topped up and falls short', () => {
  it('was not charged, so that nothing counts', async () => {
    const short = new BursarError('balance/insufficient', {
      message: 'It falls short.',
      context: { service: 'shop', origin: 'https://shop.example', network: BASE, reason: 'x' },
      moneyState: 'settled'
    })
    const { post, outcomes } = metered(() => Promise.reject(short))
    await expect(post()).rejects.toBe(short)
    expect(outcomes).toEqual(['free'])
  })
})

describe('a call that is given up while its balance is topped up', () => {
  it.each([
    [[false], 'free'],
    [[false, true], 'in full'],
    [[false, true, false], 'free'],
    [[false, true, false, true], 'in full'],
    [[], 'in full']
  ] as const)('and of which the service could charge %j counts %s', async (charges, outcome) => {
    const { post, outcomes } = metered((onCharge) => {
      charges.forEach(onCharge)
      throw new DOMException('changed my mind', 'AbortError')
    })
    await expect(post()).rejects.toThrow('changed my mind')
    expect(outcomes).toEqual([outcome])
  })
})

it('no spelling of a method and no kind of body goes by uncounted', async () => {
  const { fetch, post, outcomes, opened } = metered(() => json({}))
  await fetch('https://shop.example/v1/chat/completions', { method: 'post', body: '{"max_tokens":1}' })
  await post({ body: new Response('{"max_tokens":2}').body as ReadableStream })
  expect(outcomes).toEqual(['in full', 'in full'])
  expect(opened.map(({ method, maxCost: most }) => [method, most < 1_000_000_000n])).toEqual([
    ['POST', true],
    ['POST', true]
  ])
})

it('M40: a call that is given up before it is sent is free, and waits for nothing', async () => {
  let sent = 0
  let reserve = (): void => {}
  const reserved = new Promise<void>((resolve) => {
    reserve = resolve
  })
  const { post, outcomes, opened, signals } = metered(() => json({ sent: ++sent }), reserved)
  await expect(post({ signal: AbortSignal.abort(new Error('given up')) })).rejects.toThrow('given up')
  expect([opened, outcomes, sent]).toEqual([[], [], 0])
  const late = new AbortController()
  const call = post({ signal: late.signal })
  await expect.poll(() => opened).toHaveLength(1)
  // By which a person is asked no longer.
  expect(signals).toEqual([late.signal])
  late.abort(new Error('late'))
  await expect(call).rejects.toThrow('late')
  reserve()
  await expect.poll(() => outcomes).toEqual(['free'])
  expect(sent).toBe(0)
})

it('an answer whose usage is nothing, or is of a beginning only, counts in full', async () => {
  for (const body of [
    { usage: { prompt_tokens: 0, completion_tokens: 0 } },
    { type: 'message_start', message: { usage: { input_tokens: 3, output_tokens: 1 } } }
  ]) {
    const { post, outcomes } = metered(() => json(body))
    await post()
    expect(outcomes).toEqual(['in full'])
  }
})

it('what is free is not entered, and the caller’s labels are', async () => {
  const { fetch, post, outcomes, opened } = metered(() => json({}))
  await fetch('https://shop.example/v1/models', {})
  expect([outcomes, opened]).toEqual([[], []])
  await post({ bursar: { labels: { agent: 'a1' } } } as RequestInit)
  expect(opened[0]?.labels).toEqual({ team: 'a', agent: 'a1', service: 'shop', model: 'm', billing: 'key' })
})

describe('onPurchase', () => {
  it('is told what the ledger calls a call, before it is sent', async () => {
    const told: string[] = []
    const { post, outcomes } = metered(() => {
      told.push('sent')
      return json({})
    })
    const said = { onPurchase: (id: string) => told.push(id) }
    await post({ body: '{"max_tokens":1}', ...{ bursar: said } })
    expect([told, outcomes]).toEqual([['p1', 'sent'], ['in full']])
  })
})
