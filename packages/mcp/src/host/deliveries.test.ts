import { expect, it } from 'vitest'
import { Deliveries } from './deliveries.js'

const never = new AbortController().signal

it('an answer was sent once it has left, and was not where its client wants none any more', async () => {
  const deliveries = new Deliveries()
  const stop = new AbortController()
  const [sent, unwanted] = [deliveries.expect(1, never), deliveries.expect('2', stop.signal)]
  deliveries.end(1, true)
  stop.abort()
  expect(await Promise.all([sent, unwanted, deliveries.expect(3, stop.signal)])).toEqual([true, false, false])
})

it('of two requests with one id, each is waited for by itself', async () => {
  const deliveries = new Deliveries()
  const stop = new AbortController()
  const answers = [never, stop.signal, never].map((signal) => deliveries.expect(1, signal))
  deliveries.end(1, true)
  stop.abort()
  deliveries.end(1, false)
  deliveries.end(1, true)
  expect(await Promise.all(answers)).toEqual([true, false, false])
})

it('all end with the connection', async () => {
  const deliveries = new Deliveries()
  const answers = [1, 1, 'a'].map((id) => deliveries.expect(id, never))
  deliveries.endAll(false)
  expect(await Promise.all(answers)).toEqual([false, false, false])
})
