import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { connectServer } from './connect-server.js'
import { hidingFetch } from './hiding-fetch.js'

const TOKEN = 'a-token-of-the-operator'

async function urlOf(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`
}

it.each([401, 500])(
  'a server that repeats the token in its error (%i) has it shown to nobody',
  async (status) => {
    const url = await urlOf(({ headers }, response) => {
      response.writeHead(status).end(`you sent ${headers.authorization}`)
    })
    const error = await connectServer(url, '1', { token: TOKEN }).catch((thrown: unknown) => thrown)
    expect(String(error)).toContain('you sent Bearer [token]')
  }
)

it('a token in several pieces of an answer is hidden, and nothing else is changed', async () => {
  const parts = [
    `été ${TOKEN.slice(0, 5)}`,
    TOKEN.slice(5),
    ' a-token-of-th',
    'em ',
    TOKEN,
    TOKEN.slice(0, 3)
  ]
  const url = await urlOf(async (_, response) => {
    for (const part of parts) {
      response.write(part)
      await new Promise((resolve) => setImmediate(resolve))
    }
    response.end()
  })
  const answer = await hidingFetch(TOKEN)(url)
  expect(await answer.text()).toBe('été [token] a-token-of-them [token]a-t')
  expect(answer.url).toBe(url)
})

it('a token is hidden as JSON and URLs write it too, and in the line of the status', async () => {
  const token = 'a+token/of=the+operator'
  const forms = [
    ...[
      token,
      'a+token\\/of=the+operator',
      'a%2Btoken%2Fof%3Dthe%2Boperator',
      'a%2btoken%2fof%3dthe%2boperator'
    ],
    ...['a\\u002Btoken/of=the\\u002Boperator', 'a&#43;token&#x2F;of=the&#43;operator']
  ]
  const url = await urlOf((_, response) => {
    response.writeHead(400, `no ${token}`).write(forms.join(' ').slice(0, 40))
    setImmediate(() => response.end(forms.join(' ').slice(40)))
  })
  const answer = await hidingFetch(token)(url)
  expect([answer.statusText, await answer.text()]).toEqual([
    'no [token]',
    forms.map(() => '[token]').join(' ')
  ])
})

it('a token is hidden in headers too, and in what leads nowhere, but for the session that the server names', async () => {
  const url = await urlOf((_, response) => {
    response.writeHead(300, { 'content-type': `text/${TOKEN}`, 'mcp-session-id': TOKEN }).end(TOKEN)
  })
  const answer = await hidingFetch(TOKEN)(url)
  expect([answer.headers.get('content-type'), await answer.text()]).toEqual(['text/[token]', '[token]'])
  expect(answer.headers.get('mcp-session-id')).toBe(TOKEN)
})

it('a short token, which may be part of any text, changes none', async () => {
  const url = await urlOf((_, response) => void response.end('abc'))
  expect(await (await hidingFetch('b')(url)).text()).toBe('abc')
})
