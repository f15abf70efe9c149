import { inspect } from 'node:util'
import { expect, it } from 'vitest'
import { createChainKey, formatKey } from './chain-key.js'
import { DerivedKeys } from './derived-keys.js'
import { parseKey } from './parse-key.js'

const seed = Uint8Array.from({ length: 32 }, (_, index) => index + 129)

/** Each way in which loggers write what they are given. */
const writings: readonly ((value: unknown) => string)[] = [
  (value) => JSON.stringify(value),
  (value) => inspect(value, { depth: 9, showHidden: true, getters: true }),
  (value) => inspect({ ...Object(value) }, { depth: 9 }),
  (value) => inspect(structuredClone(value), { depth: 9 })
]

const forms = [...seed.subarray(0, 4)].join().replaceAll(',', ',\\s*')
const secret = new RegExp(`${forms}|"0":${seed[0]}|${Buffer.from(seed).toString('hex')}`)

it('an open key can be logged: its address is shown, and never its bytes', async () => {
  for (const chain of ['evm', 'solana'] as const) {
    const made = await createChainKey(chain, seed)
    for (const key of [made, await parseKey(formatKey(made))]) {
      for (const write of writings) {
        expect(write(key)).toContain(key.address)
        expect(write({ keys: [key] })).not.toMatch(secret)
      }
      expect([key.bytes, formatKey(key)]).toEqual([seed, formatKey(made)])
    }
  }
})

it('what was derived from a passphrase can be logged, and is not shown', () => {
  const derived = new DerivedKeys([['one', seed]])
  for (const write of writings) expect(write({ derived })).not.toMatch(secret)
  expect([derived.get('one'), [...derived.entries()]]).toEqual([seed, [['one', seed]]])
})
