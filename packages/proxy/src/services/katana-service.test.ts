import { BursarError, type ErrorCode, type Purchase } from '@bursar/core'
import type { ChatCompletion, Job } from '@bursar/generation/katana'
import type { Katana } from 'bursar/katana'
import { describe, expect, it } from 'vitest'
import type { KatanaPayer } from './katana-payer.js'
import { katanaService } from './katana-service.js'

const call = { labels: { agent: 'a' }, signal: new AbortController().signal, onPurchase() {} }
const chat = { model: 'm', messages: [{ role: 'user', content: 'Hi' }] }
const image = { model: 'gen', prompt: 'A mug', count: 2, size: '1024x1024', options: {} }

function failure(code: ErrorCode): BursarError {
  return Reflect.construct(BursarError, [code, { message: 'It failed.', context: {}, moneyState: 'none' }])
}

/** A service that writes down what it was asked. */
function serviceOf(options: {
  readonly completion?: unknown
  readonly generates?: () => Promise<Job>
  readonly bought?: Partial<Purchase>
  readonly textBilling?: KatanaPayer['textBilling']
}) {
  const log: unknown[] = []
  const job = (requestId: string) =>
    ({ requestId, result: async () => ({ assets: [{ url: 'u' }] }) }) as unknown as Job
  const katana = {
    chat: {
      completions: {
        async create(body: object, { billing, fetchOptions }: { billing: string; fetchOptions: object }) {
          log.push({ body, billing, ...fetchOptions })
          return (options.completion ?? { choices: [] }) as ChatCompletion
        }
      }
    },
    images: {
      async generate(items: unknown, { billing }: { billing: string }) {
        log.push({ items, billing })
        return options.generates ? options.generates() : job('new')
      }
    },
    jobs: {
      resume(id: string, { billing }: { billing: string }) {
        log.push({ resumed: id, billing })
        return job(id)
      }
    }
  } as unknown as Katana
  const find = async () => options.bought as Purchase | undefined
  const unreached = () => expect.unreachable()
  const bursar = { find, fetch: unreached, receiptOf: unreached, history: unreached }
  const { textBilling = 'auto' } = options
  const payer = { bursar, katana, textBilling, agent: 'a', noteJob: unreached }
  return { log, service: katanaService(payer) }
}

describe('a text of Katana', () => {
  it('is asked for whole, as the operator has it paid, and belongs to its agent', async () => {
    const { log, service } = serviceOf({ textBilling: 'wallet' })
    expect(await service.complete({ ...chat, stream: true }, call)).toEqual({ choices: [] })
    expect(log).toEqual([
      {
        body: { ...chat, stream: false },
        billing: 'wallet',
        bursar: {
          labels: { agent: 'a', service: 'katana', model: 'm' },
          tenant: 'proxy a',
          onPurchase: call.onPurchase
        }
      }
    ])
  })

  it('P16: that was paid directly under a name is had again for that payment', async () => {
    const { log, service } = serviceOf({ bought: { state: 'settled' } })
    await service.complete(chat, { ...call, purchase: 'proxy a key-1' })
    expect(log).toMatchObject([{ billing: 'direct', bursar: { purchase: 'proxy a key-1' } }])
  })

  it.each([[{}], [{ model: 7 }], [{ model: 'm', messages: 'Hi' }], [{ model: 'm', messages: ['Hi'] }]])(
    '%# that is malformed (%o) is rejected before anything is asked',
    async (body) => {
      const { log, service } = serviceOf({})
      await expect(service.complete(body, call)).rejects.toMatchObject({ status: 400, moneyState: 'none' })
      expect(log).toEqual([])
    }
  )

  it('that is answered with no object is an error that says that it is paid for', async () => {
    const { service } = serviceOf({ completion: 'text' })
    await expect(service.complete(chat, call)).rejects.toMatchObject({ status: 502, moneyState: 'settled' })
  })
})

describe('images of Katana', () => {
  it('are paid directly, as many as were asked for in one job', async () => {
    const { log, service } = serviceOf({})
    expect(await service.images(image, call)).toMatchObject([{ url: 'u' }])
    expect(log).toMatchObject([
      { billing: 'direct', items: [{ aspectRatio: '1:1' }, { aspectRatio: '1:1' }] }
    ])
  })

  it('that were bought under this name before are had from their job', async () => {
    const generates = () => Promise.reject(failure('purchase/already-settled'))
    const { log, service } = serviceOf({ generates, bought: { job: 'old' } })
    await service.images(image, { ...call, purchase: 'proxy a key-1' })
    expect(log.at(-1)).toEqual({ resumed: 'old', billing: 'direct' })
  })

  it.each<[ErrorCode, string | undefined, Partial<Purchase>]>([
    ['purchase/already-settled', 'proxy a key-1', {}],
    ['purchase/already-settled', undefined, { job: 'old' }],
    ['offer/over-limit', 'proxy a key-1', { job: 'old' }]
  ])('%# fail as %s where there is no job to be had from', async (code, purchase, bought) => {
    const { service } = serviceOf({ generates: () => Promise.reject(failure(code)), bought })
    const named = purchase === undefined ? call : { ...call, purchase }
    await expect(service.images(image, named)).rejects.toMatchObject({ code })
  })
})

it('Katana speaks chat completions alone, and lists texts and images', async () => {
  const { service } = serviceOf({})
  const forwarded = service.forward('/messages', { body: {}, bytes: new Uint8Array() }, call)
  expect(await forwarded).toBeUndefined()
  expect((await service.models()).length).toBeGreaterThan(20)
})

it('Katana’s own requests and the states of its jobs are known by their paths alone', async () => {
  const { service } = serviceOf({})
  for (const path of [
    '/generation-requests/../balance',
    '/generation-requests/a/b',
    '/models',
    '/generation-requests'
  ])
    expect(service.poll(path, call.signal)).toBeUndefined()
})
