import { describe, expect, it } from 'vitest'
import { bursarWith, limitedMeter } from '../test/meter.js'
import { quickClock, REQUEST_ID, still } from '../test/service.js'
import { createKatanaClient } from './katana/create-katana-client.js'
import { createTokenHub } from './relays/tokenhub/tokenhub.js'

const mug = { model: 'gen', prompt: 'A mug', aspectRatio: '1:1' } as const
const chat = { model: 'grok-4-3', prompt: 'Hi' }
const sent: string[] = []
const fetch = async (url: string) => {
  sent.push(url)
  return new Response('{}')
}
const katana = createKatanaClient({
  fetch,
  plainFetch: fetch,
  clock: quickClock(),
  random: still,
  apiKey: 'k:s'
})
const relay = createTokenHub(bursarWith(limitedMeter()), { apiKey: 'th-key', fetch })
const image = { model: 'a/gpt-image-2', prompt: 'x' }

describe('options', () => {
  it.each<[string, string, () => unknown]>([
    ['a client', 'fetsch', () => createKatanaClient({ fetsch: fetch } as object)],
    ['a client', 'validate', () => createKatanaClient({ validate: 'yes' } as object)],
    ['a client', 'billing', () => createKatanaClient({ billing: 'cash' } as object)],
    ['a job', 'timeout', () => katana.images.generate(mug, { timeout: 5 } as object)],
    ['a job', 'timeoutMs', () => katana.images.generate(mug, { timeoutMs: -1 })],
    ['a job that is resumed', 'onUpdated', () => katana.jobs.resume(REQUEST_ID, { onUpdated: 1 } as object)],
    [
      'a chat',
      'labels',
      () => katana.chat.completions.create({ ...chat, stream: false }, { labels: {} } as object)
    ],
    ['a list', 'signals', () => katana.models.list({ signals: 1 } as object)],
    ['a balance', 'signal', () => katana.account.balance({ signal: 1 } as object)],
    ['an attestation', 'nonse', () => katana.attestation('m', { nonse: '' } as object)],
    [
      'a relay',
      'maxTokens',
      () => createTokenHub(bursarWith(limitedMeter()), { apiKey: 'th-k', maxTokens: 1 } as never)
    ],
    ['an image of a relay', 'timeout', () => relay.images.generate(image, { timeout: 1 } as object)],
    ['a video of a relay', 'poll', () => relay.videos.generate(image, { poll: 1 } as object)],
    ['a video that is resumed', 'onUpdate', () => relay.jobs.resume('tsk-1', { onUpdate: 1 } as object)],
    ['a list of a relay', 'timeoutMs', () => relay.models.list({ timeoutMs: 0.5 })]
  ])('P25: of %s are held to their names and values: %s', async (_, name, call) => {
    await expect(async () => call()).rejects.toThrow(TypeError)
    await expect(async () => call()).rejects.toThrow(name)
    expect(sent).toEqual([])
  })

  it('P25: of saving are held to their names and values, before anything is downloaded', async () => {
    const done = { request_id: REQUEST_ID, status: 'completed', responses: [{ status: 'completed' }] }
    const answering = createKatanaClient({ plainFetch: async () => Response.json(done), clock: quickClock() })
    const job = answering.jobs.resume(REQUEST_ID)
    await expect(job.save('out', { overwrite: true } as object)).rejects.toThrow(/overwrite is not an option/)
    await expect(job.save('out', { existing: 'replace' } as object)).rejects.toThrow(/existing/)
  })

  it('that are undefined count as not given', () => {
    expect(() =>
      createKatanaClient({ baseUrl: undefined, apiKey: undefined, catalogue: undefined })
    ).not.toThrow()
  })
})
