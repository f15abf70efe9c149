import { parseUsdc } from '@bursar/core'
import { expect, it } from 'vitest'
import { newTerminal } from '../../test/terminal.js'
import { parsePrice } from './parse-price.js'

it('S30: a price is of a million tokens, in and out, or of a call', () => {
  expect(parsePrice('openai/gpt-4.1=2.00,8.00')).toEqual([
    'openai/gpt-4.1',
    { unit: 'token', input: parseUsdc('2'), output: parseUsdc('8') }
  ])
  expect(parsePrice('a=b=0.05')).toEqual(['a=b', { unit: 'call', each: parseUsdc('0.05') }])
})

it('S30: what is no price ends with 2, and says what one is', async () => {
  const env = { EVM_PRIVATE_KEY: `0x${'11'.repeat(32)}`, TOKENHUB_API_KEY: 'th-key' }
  const { bursar } = newTerminal({ env })
  const proxy = ['proxy', '--service', 'tokenhub', '--max-amount', '1', '--limit', 'day=1']
  for (const price of ['gpt', 'gpt=', 'gpt=1,2,3', 'gpt=-1', '=1', 'gpt=1e3'])
    expect(await bursar(...proxy, '--price', price), price).toMatchObject({
      code: 2,
      err: expect.stringContaining('MODEL=IN,OUT')
    })
  const katana = ['proxy', '--max-amount', '1', '--limit', 'day=1', '--price', 'gen=1']
  expect(await bursar(...katana)).toMatchObject({
    code: 2,
    err: expect.stringContaining('quotes its prices')
  })
})
