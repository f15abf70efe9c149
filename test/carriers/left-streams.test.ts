import { createKatana } from 'bursar/katana'
import { expect, it } from 'vitest'
import { MODEL, message } from './asks.js'
import { openBursar } from './open-bursar.js'
import { openService } from './service.js'

const chunk = {
  ...{ id: 'c', object: 'chat.completion.chunk', created: 1, model: MODEL },
  choices: [{ index: 0, delta: { content: 'Hello' }, finish_reason: null }]
}

it('a translated stream that is aborted was not answered: the same call again resumes its payment', async () => {
  const { url: baseUrl } = await openService(() => ({
    ...{ isPaid: true, isLeftOpen: true, body: `data: ${JSON.stringify(chunk)}\n\n` },
    headers: { 'content-type': 'text/event-stream' }
  }))
  const bursar = openBursar()
  const { anthropicFetch, baseURL } = createKatana(bursar, { baseUrl, billing: 'direct' })
  const calls = async () => {
    const ends: string[] = []
    for await (const { state, call } of bursar.history()) ends.push(`${state} ${call}`)
    return ends
  }
  const { path, body = null } = message({ stream: true })
  for (let each = 0; each < 2; each++) {
    const stop = new AbortController()
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, signal: stop.signal }
    const response = await anthropicFetch(`${baseURL}${path}`, { ...init, body: body as string })
    const reading = (async () => {
      for await (const _ of response.body ?? []) stop.abort(new Error('stopped'))
    })()
    await expect(reading).rejects.toThrow('stopped')
    await expect.poll(calls, { timeout: 30_000 }).toEqual(['settled failed'])
  }
})
