/** What Open WebUI sends, by its source: it is no package that a test could install. */
import { request } from 'node:http'
import { stackTest } from '@bursar/gateway/vitest'
import { expect } from 'vitest'
import { BASE, model, proxyOn, TOKEN } from './proxy-on.js'

const test = stackTest({ solana: false, gateway: { katana: { generationMs: 50 } } })

const PAGE = 'http://localhost:3000'
/** Of its server, which is written in Python. */
const serverHeaders = {
  accept: '*/*',
  'accept-encoding': 'gzip, deflate',
  'user-agent': 'Python/3.11 aiohttp/3.12.15',
  'content-type': 'application/json',
  authorization: `Bearer ${TOKEN}`,
  'x-openwebui-user-name': 'Ann',
  'x-openwebui-user-role': 'user',
  'x-openwebui-chat-id': '0b9ef4b5-6f0a-4c8c-9a7e-2f4a0d0d7f11'
}
const PICTURE =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGP4z8CAFWEXHbQSACj/P8Fu7N9hAAAAAElFTkSuQmCC'

const user = (content: string) => [{ role: 'user', content: `Reply with exactly: ${content}` }]
/** A prompt of a person, and what comes beside it. Nothing of it has a maximum. */
const prompts = [
  { stream: true, model, messages: user('hello'), stream_options: { include_usage: true } },
  { model, messages: user('{"title":"A greeting"}'), stream: false },
  { model, messages: user('{"tags":["Talk"]}'), stream: false },
  { model, messages: user('{"follow_ups":["Why?"]}'), stream: false }
]

interface Sent {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: object | undefined
}

/** Sends a request by the name that the container has for this machine, which fetch would not send. */
function ask(url: string, path: string, { method = 'GET', headers = serverHeaders, body }: Sent = {}) {
  const { port } = new URL(url)
  return new Promise<{ status: number | undefined; text: string; allowed: string | undefined }>(
    (resolve, reject) => {
      const host = `host.docker.internal:${port}`
      const sent = request(`${url}${path}`, { method, headers: { ...headers, host } }, (response) => {
        let text = ''
        const allowed = response.headers['access-control-allow-origin']
        response.setEncoding('utf8').on('data', (more: string) => {
          text += more
        })
        response.on('end', () => resolve({ status: response.statusCode, text, allowed }))
      })
      sent.on('error', reject).end(body && JSON.stringify(body))
    }
  )
}

test('Open WebUI in a container lists models, is answered with its usage, and pays once for each request of a prompt', async ({
  stack
}) => {
  const { proxy, purchases } = await proxyOn(stack, { host: '0.0.0.0', allowHosts: ['host.docker.internal'] })
  const listed = await ask(proxy.url, '/v1/models')
  const names = JSON.parse(listed.text).data.map(({ id }: { id: string }) => id)
  expect([listed.status, names]).toEqual([200, expect.arrayContaining([model])])
  const answers = await Promise.all(
    prompts.map((body) => ask(proxy.url, '/v1/chat/completions', { method: 'POST', body }))
  )
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  const [streamed, ...tasks] = answers
  const events = streamed?.text.split('\n\n').filter((each) => each.startsWith('data: ')) ?? []
  expect(events.at(-1)).toBe('data: [DONE]')
  expect(JSON.parse(events.at(-2)?.slice('data: '.length) ?? '')).toMatchObject({
    choices: [],
    usage: { prompt_tokens: expect.any(Number), completion_tokens: expect.any(Number) }
  })
  expect(tasks.map(({ text }) => JSON.parse(JSON.parse(text).choices[0].message.content))).toEqual([
    { title: 'A greeting' },
    { tags: ['Talk'] },
    { follow_ups: ['Why?'] }
  ])
  expect(await purchases()).toEqual(prompts.map(() => `default ${model} ${BASE} settled`))
})

test('Open WebUI shows the model the picture of a prompt, and has pictures made', async ({ stack }) => {
  stack.gateway.katana.answerWith(({ messages }) => ({ content: JSON.stringify(messages) }))
  const { proxy } = await proxyOn(stack, { host: '0.0.0.0', allowHosts: ['host.docker.internal'] })
  const content = [
    { type: 'text', text: 'What is it?' },
    { type: 'image_url', image_url: { url: PICTURE } }
  ]
  const body = { stream: false, model, messages: [{ role: 'user', content }] }
  const shown = await ask(proxy.url, '/v1/chat/completions', { method: 'POST', body })
  expect(JSON.parse(JSON.parse(shown.text).choices[0].message.content)).toMatchObject([{ content }])
  const wanted = { model: 'gen', prompt: 'A mug', n: 1, size: '1024x1024', response_format: 'b64_json' }
  const made = await ask(proxy.url, '/v1/images/generations', { method: 'POST', body: wanted })
  expect(Buffer.from(JSON.parse(made.text).data[0].b64_json, 'base64').subarray(1, 4).toString()).toBe('PNG')
})

test('Open WebUI is let in by the name and the page that the operator allows, with the token alone', async ({
  stack
}) => {
  const open = { host: '0.0.0.0', allowHosts: ['host.docker.internal'], allowOrigins: [PAGE] }
  const { proxy, purchases } = await proxyOn(stack, open)
  const { authorization: _, ...withoutToken } = serverHeaders
  const [body] = prompts
  const chat = '/v1/chat/completions'
  const refused = await ask(proxy.url, chat, { method: 'POST', headers: withoutToken, body })
  expect([refused.status, await purchases()]).toEqual([401, []])
  // A direct connection is made by the page itself.
  const asks = { origin: PAGE, 'access-control-request-method': 'POST' }
  const preflight = { ...asks, 'access-control-request-headers': 'authorization,content-type' }
  expect(await ask(proxy.url, chat, { method: 'OPTIONS', headers: preflight })).toMatchObject({
    status: 204,
    allowed: PAGE
  })
  const page = { ...serverHeaders, origin: PAGE, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' }
  expect(await ask(proxy.url, chat, { method: 'POST', headers: page, body })).toMatchObject({
    status: 200,
    allowed: PAGE
  })
  const plain = await proxyOn(stack)
  expect((await ask(plain.proxy.url, '/v1/models')).status).toBe(403)
})

test('Open WebUI is told by name what there is not', async ({ stack }) => {
  const { proxy } = await proxyOn(stack, { host: '0.0.0.0', allowHosts: ['host.docker.internal'] })
  for (const path of ['/v1/embeddings', '/v1/audio/speech', '/v1/audio/transcriptions']) {
    const { status, text } = await ask(proxy.url, path, { method: 'POST', body: { model, input: 'x' } })
    expect([status, JSON.parse(text).error.message]).toEqual([
      404,
      expect.stringContaining(`There is no ${path}`)
    ])
  }
})
