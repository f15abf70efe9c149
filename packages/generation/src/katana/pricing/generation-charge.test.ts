import { parseUsdc } from '@bursar/core'
import { expect, it } from 'vitest'
import { katanaCatalogue } from '../catalogue/snapshot.js'
import { generationCharge } from './generation-charge.js'

const known = {
  catalogue: katanaCatalogue,
  prices: { mine: { unit: 'second', each: parseUsdc('0.10') } }
} as const
const image = { type: 'image', model: 'gen' }
const unknown = expect.objectContaining({ code: 'price/unknown' })

it('holds the caller’s price for each second', () => {
  const requests = [{ type: 'video', model: 'mine', duration_seconds: 10 }]
  expect(generationCharge({ requests }, known).maxCost).toBe(1_000_000n)
})

it.each(['10', 5.5, 0, -1, 1e300, null, undefined])('knows no price of a video of %j seconds', (seconds) => {
  const requests = [{ type: 'video', model: 'mine', duration_seconds: seconds }]
  expect(() => generationCharge({ requests } as never, known)).toThrow(unknown)
})

it.each([
  ['an object', image],
  ['nothing', undefined],
  ['a list with a text', [image, 'gen']],
  ['a list in a list', [image, [image]]],
  ['more items than are read', Array.from({ length: 1001 }, () => image)]
])('knows no price of requests that are %s: the service may make more than is counted', (_, requests) => {
  expect(() => generationCharge({ requests } as never, known)).toThrow(unknown)
})
