import { BursarError, type JsonObject, systemClock } from '@bursar/core'
import { createModelNames } from '@bursar/translation'
import { describe, expect, it } from 'vitest'
import type { ProxyService } from './proxy-service.js'
import { withModelNames } from './with-model-names.js'

const call = { labels: { agent: 'a' }, signal: new AbortController().signal, onPurchase() {} }
const listed = ['claude-sonnet-4-6', 'claude-opus-4-7']

/** A service that writes down what it is asked for, and answers with its own name of the model. */
function serviceOf({ mapped = {} } = {}) {
  const asked: unknown[] = []
  const reads: number[] = []
  const service: ProxyService = {
    models: async () => {
      reads.push(1)
      return listed
    },
    complete: async (body) => {
      asked.push(body.model)
      return { model: body.model ?? null, choices: [] }
    },
    images: async ({ model }) => {
      asked.push(model)
      return []
    },
    forward: async (_, { body, bytes, form }) => {
      asked.push(body.model, form?.get('model') ?? JSON.parse(new TextDecoder().decode(bytes)).model)
      return Response.json(body)
    },
    poll: () => undefined
  }
  const names = createModelNames({ read: service.models, mapped, clock: systemClock })
  return { service: withModelNames(service, names), asked, reads }
}

const forwardedOf = (body: JsonObject) => ({ body, bytes: new TextEncoder().encode(JSON.stringify(body)) })

describe('a service by the names that clients use', () => {
  it('C11, C13: is asked for its own name, and answers with the one that was asked for', async () => {
    const { service, asked, reads } = serviceOf()
    for (const model of ['anthropic/claude-sonnet-4.6', 'claude-sonnet-4-6-20260101[1m]', 'claude-opus-4-8'])
      expect(await service.complete({ model }, call)).toMatchObject({ model })
    await service.images({ model: 'Claude-Opus-4.7', prompt: 'x', count: 1, options: {} }, call)
    expect(asked).toEqual(['claude-sonnet-4-6', 'claude-sonnet-4-6', 'claude-opus-4-8', 'claude-opus-4-7'])
    expect(reads).toHaveLength(1)
  })

  it('names the model that may be meant where the service has none of that name, and nobody else’s errors', async () => {
    const refused = new BursarError('service/refused', {
      message: 'shop: no such model. Nothing was paid.',
      context: { service: 'shop', operation: 'chat', status: 400 },
      moneyState: 'none'
    })
    const names = createModelNames({ read: async () => listed, clock: systemClock })
    const { service } = serviceOf()
    const refusing = withModelNames({ ...service, complete: () => Promise.reject(refused) }, names)
    await expect(refusing.complete({ model: 'claude-sonet-4-6' }, call)).rejects.toMatchObject({
      status: 400,
      moneyState: 'none',
      message: expect.stringMatching(
        /Nothing was paid\. Did you mean claude-sonnet-4-6\? GET \/v1\/models lists/
      )
    })
    await expect(refusing.complete({ model: 'claude-sonnet-4-6' }, call)).rejects.toBe(refused)
  })

  it('C12: uses the names that the operator maps, and lists them', async () => {
    const { service, asked } = serviceOf({ mapped: { 'claude-opus-4-8': 'claude-opus-4-7' } })
    for (const model of ['claude-opus-4-8', 'claude-opus-4-8[1m]']) await service.complete({ model }, call)
    expect(asked).toEqual(['claude-opus-4-7', 'claude-opus-4-7'])
    expect(await service.models()).toEqual([...listed, 'claude-opus-4-8'])
  })

  it('C11: asks in its own name also for what the service answers itself, and for forms', async () => {
    const model = 'anthropic/claude-sonnet-4.6'
    const { service, asked } = serviceOf()
    await service.forward('/messages', forwardedOf({ model, max_tokens: 1 }), call)
    const form = new FormData()
    form.append('model', model)
    form.append('image', new Blob(['x']), 'a.png')
    await service.forward('/images/edits', { ...forwardedOf({ model }), form }, call)
    expect(asked).toHaveLength(4)
    expect(new Set(asked)).toEqual(new Set(['claude-sonnet-4-6']))
  })

  it('goes on with the name as it is where the service does not list its models', async () => {
    const asked: unknown[] = []
    const { service } = serviceOf()
    const names = createModelNames({ read: () => Promise.reject(new Error('no')), clock: systemClock })
    const complete: ProxyService['complete'] = async ({ model }) => {
      asked.push(model)
      return {}
    }
    expect(await withModelNames({ ...service, complete }, names).complete({ model: 'a/b' }, call)).toEqual({
      model: 'a/b'
    })
    expect(asked).toEqual(['a/b'])
  })
})
