import { expect, it } from 'vitest'
import { Recording } from './answers/recording.js'
import { recordThrough } from './record-through.js'

/** "hello" in zstd. */
const coded = Uint8Array.from(Buffer.from('28b52ffd200529000068656c6c6f', 'hex'))
const headers = { 'content-encoding': 'zstd', 'content-length': String(coded.length) }

it.each<[string, Uint8Array<ArrayBuffer>, object]>([
  ['goes back with its body where nobody undid it, as undici’s dispatchers', coded, headers],
  [
    'does not where the platform’s fetch undid it, as Node’s from 24 on and Bun’s',
    new TextEncoder().encode('hello'),
    {}
  ],
  ['goes back where there is no body', new Uint8Array(), headers]
])('an encoding in zstd %s', async (_, body, expected) => {
  const recording = new Recording()
  await recordThrough(recording, new Response(body.length === 0 ? null : body, { headers }))
  expect(await recording.head()).toEqual({ status: 200, headers: expected })
  expect(recording.byteLength).toBe(body.length)
})
