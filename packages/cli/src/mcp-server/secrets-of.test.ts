import { expect, it } from 'vitest'
import { secretsOf } from './secrets-of.js'

it('has the keys of every service, which no tool may send anywhere', () => {
  const names = ['KATANA', 'VENICE', 'OPENCLAW', 'TOKENHOT', 'TOKENHUB'].map((name) => `${name}_API_KEY`)
  const env = Object.fromEntries(names.map((name) => [name, `the secret of ${name}`]))
  expect(secretsOf(env, {})).toEqual(Object.values(env))
})
