import { systemClock } from '@bursar/core'
import { expect, it } from 'vitest'
import { paying } from '../../test/paying.js'
import { challenge, type Script, serve, settle } from '../../test/scripted-server.js'

const NOW_MS = Date.UTC(2030, 0, 1)
const clock = { ...systemClock, nowMs: () => NOW_MS }

/** A server that says another time than this machine's. */
const dated =
  (seconds: number, headers: Record<string, string> = {}): Script =>
  (arrival, response) => {
    if (arrival.payment) return settle(response)
    const date = new Date(NOW_MS + seconds * 1000).toUTCString()
    for (const [name, value] of Object.entries({ date, ...headers })) response.setHeader(name, value)
    challenge(response)
  }

it.each([
  [300, {}, 300],
  [-4_000, {}, -4_000],
  [5, {}, undefined],
  [-5, {}, undefined],
  [-600, { age: '600' }, undefined],
  [-600, { age: '-1' }, -600],
  [0, { date: 'today' }, undefined]
])('X119: a Date of %s s from now with %o tells the payer %s', async (seconds, headers, expected) => {
  const server = await serve(dated(seconds, headers))
  const { bursar, payer } = paying({ clock })
  expect((await bursar.fetch(server.url)).status).toBe(200)
  expect(payer.serverAheadSeconds).toBe(expected)
  payer.serverAheadSeconds = undefined
  await bursar.quote(server.url)
  expect(payer.serverAheadSeconds).toBe(expected)
})

it('X119: a server with another clock is asked each time, since the payer must know it', async () => {
  const server = await serve(dated(300))
  const { bursar, payer } = paying({ clock, offers: 'remember' })
  for (const body of ['one', 'two']) {
    payer.serverAheadSeconds = undefined
    expect((await bursar.fetch(server.url, { method: 'POST', body })).status).toBe(200)
    expect(payer.serverAheadSeconds).toBe(300)
  }
  expect(server.arrivals).toHaveLength(4)
})
