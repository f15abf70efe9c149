import { existsSync } from 'node:fs'
import { expect, it } from 'vitest'
import { anvilBinary } from './anvil-binary.js'

it('finds the binary that npm installed here', () => {
  expect(existsSync(anvilBinary())).toBe(true)
})

it('says plainly where there is none', () => {
  expect(() => anvilBinary('sunos', 'sparc')).toThrow('there is no anvil for sunos on sparc')
})
