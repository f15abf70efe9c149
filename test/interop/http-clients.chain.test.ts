import { readFileSync } from 'node:fs'
import type { Stack, StackWallets } from '@bursar/gateway'
import { stackTest } from '@bursar/gateway/vitest'
import axios from 'axios'
import { type Bursar, createBursar } from 'bursar'
import ky from 'ky'
import { createFetch } from 'ofetch'
import { describe, expect, onTestFinished, test } from 'vitest'

const stack = stackTest({ solana: false })

/** A program's HTTP client, given a bursar's fetch. Gets or posts, and gives what came back. */
interface HttpClient {
  readonly software: string
  /** As the guide shows it. */
  readonly use: string
  get(bursar: Bursar, url: string): Promise<unknown>
  post(bursar: Bursar, url: string, body: object): Promise<unknown>
}

const clients: readonly HttpClient[] = [
  {
    software: 'axios 1.21.1',
    use: "axios.create({ adapter: 'fetch', env: { fetch: bursar.fetch } })",
    get: async ({ fetch }, url) => (await axios.create({ adapter: 'fetch', env: { fetch } }).get(url)).data,
    post: async ({ fetch }, url, body) =>
      (await axios.create({ adapter: 'fetch', env: { fetch } }).post(url, body)).data
  },
  {
    software: 'ky 2.1.0',
    use: 'ky.create({ fetch: bursar.fetch })',
    get: ({ fetch }, url) => ky.create({ fetch }).get(url).json(),
    post: ({ fetch }, url, json) => ky.create({ fetch }).post(url, { json }).json()
  },
  {
    software: 'ofetch 1.5.1',
    use: 'createFetch({ fetch: bursar.fetch })',
    get: ({ fetch }, url) => createFetch({ fetch })(url),
    post: ({ fetch }, url, body) => createFetch({ fetch })(url, { method: 'POST', body })
  }
]

function open({ options }: StackWallets): Bursar {
  const bursar = createBursar({ ...options, limits: { payment: '0.05' } })
  onTestFinished(() => bursar.close())
  return bursar
}

const reportUrl = ({ env }: Stack, name: string): string => `${env.X402_REPORT_URL}?report=${name}`

describe.each(clients)('$software given a fetch that pays', ({ get, post }) => {
  stack('gets what it buys, once', async ({ stack, wallets }) => {
    expect(await get(open(wallets), reportUrl(stack, 'bought'))).toMatchObject({ report: 'paid' })
    expect(await wallets.base?.payments()).toHaveLength(1)
  })

  stack('posts a body that arrives whole with the payment', async ({ stack, wallets }) => {
    const body = { prompt: 'a mug', size: 7 }
    const answer = await post(open(wallets), reportUrl(stack, 'posted'), body)
    expect(answer).toMatchObject({ method: 'POST', body: { bytes: JSON.stringify(body).length } })
    expect(await wallets.base?.payments()).toHaveLength(1)
  })

  stack('does not pay again where an answer is lost, however often it tries', async ({ stack, wallets }) => {
    const bursar = open(wallets)
    const url = reportUrl(stack, 'lost')
    stack.gateway.faults.next('answer-lost-after-settling', { times: 9 })
    onTestFinished(() => stack.gateway.faults.clear())
    await get(bursar, url).catch(() => {})
    await get(bursar, url).catch(() => {})
    expect(await wallets.base?.payments()).toHaveLength(1)
  })
})

test('docs/guides/http-clients.md lists the clients that were run', () => {
  const guide = readFileSync(new URL('../../docs/guides/http-clients.md', import.meta.url), 'utf8')
  const rows = guide.split('\n').filter((line) => line.startsWith('| `'))
  expect(rows).toEqual(clients.map(({ software, use }) => `| \`${software}\` | \`${use}\` |`))
})
