import { describe, expect, it } from 'vitest'
import { MODEL as KNOWN } from './asks.js'
import { type Ask, MODEL, openCarriers, type ServiceName } from './carriers.js'

const services: readonly [name: ServiceName, model: string][] = [
  ['openclaw', MODEL],
  ['katana', KNOWN],
  ['venice', KNOWN]
]

const messageIn = ({ body }: { readonly body: string }): string => JSON.parse(body).error.message

describe('through the proxy and inside the process', () => {
  it.each(services)(
    'an answer of %s without choices is no answer of a model, and is not repeated',
    async (name, model) => {
      const answer = { body: JSON.stringify({ error: { message: 'all are busy' } }) }
      const { proxied, inProcess } = await openCarriers(() => answer, name)
      const messages = [{ role: 'user', content: 'Hi' }]
      const asked: Ask = {
        path: '/chat/completions',
        body: JSON.stringify({ model, max_tokens: 9, messages })
      }
      for (const carried of [await proxied(asked), await inProcess(asked)]) {
        expect(carried.status).toBe(400)
        // Katana's client has words of its own.
        expect(messageIn(carried)).toMatch(/with no completion: all are busy|no choices/)
        expect(carried.headers).toContain('"x-should-retry","false"')
      }
    }
  )

  it.each([
    '/chat/completions',
    '/messages',
    '/responses',
    '/images/generations',
    '/images/edits',
    '/videos'
  ])('a body of %s that is no JSON object is said to be none, before anything is paid', async (path) => {
    const { proxied, inProcess } = await openCarriers(() => expect.unreachable(), 'katana')
    for (const body of ['{"model": ', '[]', '"text"', '']) {
      const asked: Ask = { path, body }
      const [through, within] = [await proxied(asked), await inProcess(asked)]
      expect(messageIn(through)).toContain('The body is not a JSON object')
      expect([within.status, messageIn(within)]).toEqual([through.status, messageIn(through)])
      expect([within.received, within.purchases]).toEqual([[], []])
    }
  })
})
