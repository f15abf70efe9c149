import type { JsonObject } from '@bursar/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { completed, envelope, failed } from '../../../test/service.js'
import { readGenerationJob } from './generation-job.js'
import { readModelList } from './model-list.js'

const honest = JSON.parse(
  JSON.stringify(envelope('completed', [completed('https://k.imgnai.com'), failed('failed', 'code', 'why')]))
) as JsonObject

/** The honest answer with one of its values replaced by anything. */
const spoiled = fc.tuple(fc.nat(60), fc.jsonValue()).map(([index, value]) => {
  let at = 0
  const text = JSON.stringify(honest, (_, old: unknown) => (at++ === index && index > 0 ? value : old))
  return JSON.parse(text) as JsonObject
})

it('reads whatever a service answers, and makes its texts short and its URLs URLs', () => {
  fc.assert(
    fc.property(fc.oneof(spoiled, fc.dictionary(fc.string(), fc.jsonValue())), (body) => {
      const state = readGenerationJob(body as JsonObject)
      if (!state) return
      expect(state.requestId).toMatch(/^[\w-]{0,128}$/)
      expect(state.status.length).toBeLessThanOrEqual(40)
      for (const { assets, failure } of state.items) {
        expect(failure?.reason?.length ?? 0).toBeLessThanOrEqual(200)
        for (const { url } of assets) if (url !== undefined) expect(URL.canParse(url)).toBe(true)
      }
    })
  )
})

it('reads whatever a service answers as a list of models', () => {
  const entry = fc.dictionary(
    fc.constantFrom(
      'public_model_name',
      'supported_aspects',
      'video_lengths_and_costs',
      'credits',
      'custom_rules',
      'x'
    ),
    fc.jsonValue()
  )
  const list = fc.record({ images: fc.array(entry), videos: fc.array(entry), text: fc.array(entry) })
  fc.assert(fc.property(list, (body) => void readModelList(body as unknown as JsonObject)))
})
