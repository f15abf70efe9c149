import type { JsonObject, JsonValue } from '@bursar/core'
import {
  InvalidRequest,
  KeptResponses,
  katanaImageItem,
  type Parameter,
  type ParameterTable,
  parameterTables
} from '@bursar/translation'
import { describe, expect, it } from 'vitest'
import { samples } from '../../test/parameter-samples.js'
import type { ProxyService } from '../services/proxy-service.js'
import { endpoints } from './endpoints.js'

const clock = { nowMs: () => 0, sleep: async () => {} }
const message = { role: 'assistant', content: 'Hi', reasoning_content: 'Hm.' }
const completion = { id: 'c', model: 'm', choices: [{ index: 0, message, finish_reason: 'stop' }], usage: {} }

/** A service that writes down what reaches it. Images are those of Katana, whose rules it knows. */
function recordingService() {
  const reached: unknown[] = []
  const unreached = (): never => expect.unreachable()
  const service: ProxyService = {
    models: unreached,
    async complete(body) {
      reached.push(body)
      return completion
    },
    async images(request) {
      reached.push(katanaImageItem(request), request)
      return [{ url: 'https://example.com/a.png', bytes: async () => new Uint8Array([1]) }]
    },
    videos: {
      async create(request) {
        reached.push(request)
        return { id: 'v', status: 'queued', model: 'm', seconds: '', size: '' }
      },
      retrieve: unreached,
      download: unreached
    },
    forward: async () => undefined,
    poll: () => undefined
  }
  return { service, reached }
}

/** What reaches the service of a request, and what is answered to it. */
async function send(path: string, request: JsonObject) {
  const endpoint = endpoints.get(path)
  const { service, reached } = recordingService()
  const responses = new KeptResponses({ clock, keepMs: 1000 })
  responses.keep('a', { input: 'Before' }, { id: 'resp_kept', output: [] })
  const call = { labels: { agent: 'a' }, signal: new AbortController().signal, onPurchase() {} }
  const context = { service, call, clock, agent: 'a', id: 'a', responses }
  const answer = async () => {
    const { api } = endpoint ?? {}
    api?.assertRequest(request)
    const body = api?.adapt(request) ?? request
    const answered = await endpoint?.answer(body, context)
    const stream = api?.stream
    return body.stream === true && stream ? stream.events(answered?.body ?? {}, body) : answered?.body
  }
  const outcome = await answer().catch((error: unknown) => error)
  // What is answered without a service is tried by its answer.
  if (endpoint?.isFree && !(outcome instanceof Error)) reached.push(outcome)
  return { reached, outcome }
}

/** A request with a parameter, whose name may lead into an object. */
function withValue(base: JsonObject, name: string, value: JsonValue): JsonObject {
  const [outer = '', inner] = name.split('.')
  return { ...base, [outer]: inner === undefined ? value : { [inner]: value } }
}

function rowsOf(table: ParameterTable, prefix = ''): readonly (readonly [name: string, row: Parameter])[] {
  return Object.entries(table).flatMap(([name, row]) => [
    [`${prefix}${name}`, row] as const,
    ...rowsOf(row.members ?? {}, `${prefix}${name}.`)
  ])
}

describe.each(Object.entries(parameterTables))('C23, C31, C37: the table of %s is true', (path, table) => {
  const { base = {}, values = {} } = samples[path] ?? {}

  it.each(rowsOf(table))('%s', async (name, { use, neutral = [] }) => {
    const { [name]: value = null } = values
    expect(value, 'a value to try').not.toBeNull()
    // What says how a stream ends needs one.
    const started = name === 'stream_options' ? { ...base, stream: true } : base
    const [without, with_] = [await send(path, started), await send(path, withValue(started, name, value))]
    expect(without.reached).not.toEqual([])
    if (use === 'refused') {
      expect(with_.outcome).toBeInstanceOf(InvalidRequest)
      expect(with_.outcome).toMatchObject({
        message: expect.stringMatching(new RegExp(`^${name}\\b.*Nothing was paid$`))
      })
      expect(with_.reached).toEqual([])
    } else if (use === 'ignored') {
      expect(with_.reached).toEqual(without.reached)
    } else {
      expect(with_.outcome).not.toBeInstanceOf(Error)
      expect(with_).not.toEqual(without)
    }
    for (const passes of [null, ...neutral])
      if (name in started === false)
        expect((await send(path, withValue(started, name, passes))).reached).not.toEqual([])
  })
})
