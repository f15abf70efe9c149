import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { faultTable } from './faults/table.js'
import * as gateway from './index.js'

// Without the padding of the tables.
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8').replace(/ +/g, ' ')

it('exports no more than it means to', () => {
  expect(Object.keys(gateway).sort()).toEqual(['rejectionReasons', 'startGateway', 'startStack'])
})

it('imports none of the signers that it judges', () => {
  const { dependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  const expected = ['@bursar/core', '@bursar/localchain', '@solana/web3.js', 'bs58', 'sharp', 'viem', 'zod']
  expect(Object.keys(dependencies).sort()).toEqual(expected)
})

describe('the README', () => {
  it.each(Object.entries(faultTable))('tells of the fault %s what the code says', (name, { leg, does }) => {
    expect(readme).toContain(`| \`${name}\` | ${leg} | ${does} |`)
  })

  it.each(Object.entries(gateway.rejectionReasons))(
    'tells of the reason %s what the code says',
    (reason, meaning) => {
      expect(readme).toContain(`| \`${reason}\` | ${meaning} |`)
    }
  )
})
