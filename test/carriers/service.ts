import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** What a program asks for. */
export interface Ask {
  readonly method?: 'GET' | 'POST'
  /** Behind the API's: `/messages`. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | FormData
}

/** What the service answers. */
export interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** In it, `BASE` is where the service is. */
  readonly body: string
  /** Whether the connection breaks behind the body. */
  readonly isCut?: boolean
  /** Whether the connection stays open behind the body. */
  readonly isLeftOpen?: boolean
  /** Whether the connection breaks once it is paid. */
  readonly isLost?: boolean
  /** Whether it is paid by x402 first. */
  readonly isPaid?: boolean
}

const handed = /^(?:anthropic-version|anthropic-beta|openai-beta|content-type|accept)$/
const models = [
  ...['claude-sonnet-4-6', 'gpt-5.4-mini-plus', 'gpt-image-2', 'gemini-3.1-flash-image'],
  ...['gemini-3.1-flash-image-preview', 'qwen3-6-flash']
]
const listed = JSON.stringify({ data: models.map((id) => ({ id })) })

/** A black dot. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
  'base64'
)

const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64')
const challenge = {
  x402Version: 2,
  accepts: [
    {
      scheme: 'exact',
      network: 'eip155:8453',
      amount: '30000',
      asset: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913',
      payTo: '0x000000000000000000000000000000000000dEaD',
      maxTimeoutSeconds: 300,
      extra: { name: 'USD Coin', version: '2' }
    }
  ]
}
const settlement = { success: true, transaction: `0x${'1'.repeat(64)}`, network: 'eip155:8453' }

/** A service that writes down what reaches it but for lists of models, and answers as it is told. It knows no rules. */
export async function openService(answerOf: (ask: Ask) => Answer) {
  const received: string[][] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { method = '', url = '', headers } = request
    const body = Buffer.concat(chunks).toString()
    if (method === 'GET' && url.endsWith('/models')) return void response.end(listed)
    received.push([method, url, pick(Object.entries(headers), handed), body, whoAsks(url, headers)])
    if (url.endsWith('.png')) return showPicture(response, url, headers)
    const answer = answerOf({ path: url, body })
    if (answer.isPaid && headers['payment-signature'] === undefined) return askToPay(response)
    if (answer.isLost) return void response.destroy()
    write(response, answer, `http://${headers.host}`)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received }
}

/** Who asks where for a picture. */
function whoAsks(url: string, { host, authorization }: IncomingHttpHeaders): string {
  return url.endsWith('.png') ? `${host} ${authorization}` : ''
}

/** Shows a picture, or leads to another origin where it is. */
function showPicture(response: ServerResponse, url: string, { host = '' }: IncomingHttpHeaders): void {
  if (!url.startsWith('/moved')) return void response.end(PNG)
  const elsewhere = host.replace('127.0.0.1', 'localhost')
  response.writeHead(302, { location: `http://${elsewhere}${url.replace('/moved', '')}` }).end()
}

function askToPay(response: ServerResponse): void {
  response.writeHead(402, { 'payment-required': base64(challenge) }).end('{}')
}

function write(
  response: ServerResponse,
  { status = 200, headers, body, isCut, isLeftOpen, isPaid }: Answer,
  base: string
): void {
  const paid = isPaid ? { 'payment-response': base64(settlement) } : {}
  response.writeHead(status, { 'content-type': 'application/json', ...paid, ...headers })
  const text = body.replaceAll('BASE', base)
  if (isCut) response.write(text, () => response.destroy())
  else if (isLeftOpen) response.write(text)
  else response.end(text)
}

/** Some headers, in their order. */
export function pick(entries: readonly (readonly [string, unknown])[], names: RegExp): string {
  return JSON.stringify(entries.filter(([name]) => names.test(name)).sort())
}
