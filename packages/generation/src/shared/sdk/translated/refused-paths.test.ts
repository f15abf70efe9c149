import { expect, it } from 'vitest'
import { translatedFetch } from '../../../../test/translated-fetch.js'

function openFetch() {
  const { sent, call } = translatedFetch({ speaks: false })
  const ask = (method: string, path: string): Promise<Response> => call(path, { method, headers: {} })
  return { sent, ask }
}

it.each([
  '/completions',
  '/complete',
  '/images/variations',
  '/responses/resp_1/cancel',
  '/responses/input_tokens',
  '/messages/batches',
  '/files',
  '/vector_stores/vs_1/search',
  '/embeddings',
  '/moderations',
  '/audio/speech',
  '/audio/transcriptions',
  '/audio/translations'
])('C41: %s is refused inside a process in the words of the proxy, and not sent', async (path) => {
  const { sent, ask } = openFetch()
  const answer = await ask('POST', path)
  expect([answer.status, answer.headers.get('x-should-retry')]).toEqual([404, 'false'])
  const { type, error } = await answer.json()
  expect([type, error.type, error.code]).toEqual(['error', 'not_found_error', 'not_found'])
  expect(error.message).toContain(`There is no /v1${path} here. There is POST /v1/chat/completions, `)
  expect(error.message).toMatch(/; GET \/v1\/models$/)
  expect(sent).toEqual([])
})

it('a path that takes POST says so, and one that SDKs know nothing of goes to the service', async () => {
  const { sent, ask } = openFetch()
  const answer = await ask('GET', '/messages')
  expect([answer.status, (await answer.json()).error.message]).toEqual([405, '/v1/messages takes POST'])
  expect((await ask('GET', '/models/one')).status).toBe(200)
  expect((await ask('GET', '/generation-requests/job_1')).status).toBe(200)
  expect(sent.map(({ path }) => path)).toEqual(['/v1/generation-requests/job_1'])
})

it('C11, C36: a model is told of by every name that a request may have for it', async () => {
  const { ask } = openFetch()
  for (const name of ['one', 'one-20260101', 'shop%2Fone', 'One'])
    expect(await (await ask('GET', `/models/${name}`)).json()).toMatchObject({ id: decodeURIComponent(name) })
  for (const name of ['two', '%zz']) expect((await ask('GET', `/models/${name}`)).status).toBe(404)
})
