import { ChatAnthropic } from '@langchain/anthropic'
import { ChatOpenAI } from '@langchain/openai'
import ky from 'ky'
import { createFetch } from 'ofetch'
import { describe, expect, it } from 'vitest'
import { paying } from '../../packages/fetch/test/paying.js'
import { challenge, serve, settle } from '../../packages/fetch/test/scripted-server.js'

type Fetch = typeof globalThis.fetch

/** A client that repeats failures by itself, and statuses below 500 that it repeats. */
interface RepeatingClient {
  readonly software: string
  readonly statuses: readonly number[]
  call(fetch: Fetch, url: string): Promise<unknown>
}

/** LangChain repeats each status that it does not know to be in vain. */
const byLangChain = [300, 304, 410, 422]

const clients: readonly RepeatingClient[] = [
  {
    software: 'ky',
    statuses: [413, 429],
    call: (fetch, url) =>
      ky
        .create({ fetch, retry: { limit: 1, delay: () => 1 } })
        .get(url)
        .text()
  },
  {
    software: 'ofetch',
    statuses: [408, 409, 425, 429],
    call: (fetch, url) => createFetch({ fetch })(url)
  },
  {
    software: "LangChain's ChatOpenAI",
    statuses: byLangChain,
    call: (fetch, baseURL) =>
      new ChatOpenAI({ model: 'm', apiKey: 'k', maxRetries: 1, configuration: { baseURL, fetch } }).invoke(
        'x'
      )
  },
  {
    software: "LangChain's ChatAnthropic",
    statuses: byLangChain,
    call: (fetch, anthropicApiUrl) =>
      new ChatAnthropic({
        model: 'm',
        apiKey: 'k',
        maxRetries: 1,
        anthropicApiUrl,
        clientOptions: { fetch }
      }).invoke('x')
  }
]

describe.each(clients)(
  '$software pays once for a failure that it repeats by itself',
  ({ statuses, call }) => {
    it.each(statuses)('where it is %i', async (status) => {
      const server = await serve((arrival, response) => {
        if (!arrival.payment) return challenge(response)
        settle(response.setHeader('retry-after', '0'), '{"error":{"message":"no"}}', status)
      })
      const { bursar, payer } = paying()
      await expect(call(bursar.fetch, server.url)).rejects.toThrow()
      expect(server.paid().length).toBeGreaterThan(1)
      expect(payer.signed).toHaveLength(1)
    })
  }
)
