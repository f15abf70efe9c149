import { type IncomingHttpHeaders, IncomingMessage, request } from 'node:http'
import { Socket } from 'node:net'
import { bursarErrorOf } from '@bursar/core'
import { expect, it, onTestFinished } from 'vitest'
import { Agents } from './agents.js'
import { openaiFormat } from './api-format.js'
import { authenticate } from './authenticate.js'
import { listen } from './listen.js'
import { problemOf } from './problem-of.js'
import { sendProblem } from './send-problem.js'

const token = 'a-token-of-the-tests'
const bearer = { authorization: `Bearer ${token}` }

/** A server that answers with the name of the agent that asked. */
async function newServer() {
  const agents = new Agents([{ name: 'one', token }])
  const server = await listen(0, (message, response) => {
    try {
      response.end(authenticate(message, agents))
    } catch (error) {
      sendProblem(response, problemOf(error), openaiFormat)
    }
  })
  onTestFinished(() => server.close())
  return server
}

interface Answer {
  readonly status: number | undefined
  readonly body: string
  readonly headers: IncomingHttpHeaders
}

/** Sends a request with headers that fetch would not let through. */
function send(url: string, headers: Record<string, string>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers }, async (response) => {
      let body = ''
      for await (const chunk of response) body += chunk
      resolve({ status: response.statusCode, body, headers: response.headers })
    })
    sent.on('error', reject).end()
  })
}

it('serves a program on this machine that has a token, under each name of the machine', async () => {
  const { url } = await newServer()
  const { port } = new URL(url)
  for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`])
    expect(await send(url, { ...bearer, host })).toMatchObject({ status: 200, body: 'one' })
  expect(await send(url, { ...bearer, 'sec-fetch-site': 'none' })).toMatchObject({ status: 200 })
})

it('rejects a foreign Host, also one without the port', async () => {
  const { url } = await newServer()
  const { port } = new URL(url)
  for (const host of [`evil.example:${port}`, '127.0.0.1', `127.0.0.1:${Number(port) + 1}`])
    expect(await send(url, { ...bearer, host })).toMatchObject({
      status: 403,
      body: expect.stringContaining('host_refused')
    })
})

it('serves at the port of http, which clients leave out', () => {
  const agents = new Agents([{ name: 'one', token }])
  const socket = Object.defineProperties(new Socket(), { localPort: { value: 80 } })
  const from = (host: string): IncomingMessage => {
    const message = new IncomingMessage(socket)
    Object.assign(message.headers, { ...bearer, host })
    return message
  }
  for (const host of ['127.0.0.1', 'localhost', '[::1]', 'localhost:80'])
    expect(authenticate(from(host), agents)).toBe('one')
  for (const host of ['evil.example', 'localhost:81', ''])
    expect(() => authenticate(from(host), agents)).toThrow(/Only programs on this machine/)
})

it('rejects what a web page could have sent, its own origin included', async () => {
  const { url } = await newServer()
  const pages: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: url },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-origin' }
  ]
  for (const headers of pages)
    expect(await send(url, { ...bearer, ...headers }), JSON.stringify(headers)).toMatchObject({
      status: 403,
      body: expect.stringContaining('origin_refused')
    })
})

it('C7: rejects an unknown token so that no client tries it again, and does not repeat it', async () => {
  const { url } = await newServer()
  for (const headers of [{}, { authorization: 'Bearer guessed-token' }, { 'x-api-key': 'guessed-token' }]) {
    const answer = await send(url, headers)
    expect(answer).toMatchObject({
      status: 401,
      body: expect.stringContaining('invalid_api_key'),
      headers: { 'x-should-retry': 'false' }
    })
    expect(answer.body).not.toContain('guessed-token')
  }
})

it('says which port it could not have', async () => {
  const { url } = await newServer()
  const port = Number(new URL(url).port)
  const error = await listen(port, () => {}).catch((thrown: unknown) => thrown)
  expect(bursarErrorOf(error, 'server/port-unavailable')?.context).toEqual({ port, reason: 'EADDRINUSE' })
})
