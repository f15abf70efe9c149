import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { faultTable } from './faults/fault-table.js'
import * as gateway from './index.js'

// The padding of the tables is removed.
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8').replace(/ +/g, ' ')

it('exports exactly these values', () => {
  const values = ['rejectionReasons', 'stackMatchers', 'startGateway', 'startStack']
  expect(Object.keys(gateway).sort()).toEqual(values)
})

it('depends on none of the signers that it checks', () => {
  const { dependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  const expected = ['@bursar/core', '@bursar/localchain', '@solana/web3.js', 'bs58', 'sharp', 'viem', 'zod']
  expect(Object.keys(dependencies).sort()).toEqual(expected)
})

describe('the README', () => {
  it.each(Object.entries(faultTable))('describes the fault %s as the code does', (name, { leg, summary }) => {
    expect(readme).toContain(`| \`${name}\` | ${leg} | ${summary} |`)
  })

  it.each(Object.entries(gateway.rejectionReasons))(
    'describes the reason %s as the code does',
    (reason, meaning) => {
      expect(readme).toContain(`| \`${reason}\` | ${meaning} |`)
    }
  )
})
