import { BASE, bursarParts } from '@bursar/core'
import { createPayingFetch } from '@bursar/fetch'
import { memoryLedger } from '@bursar/ledger'
import { describe, expect, it, onTestFinished } from 'vitest'
import { TestChain, TestPayer } from '../test/test-chain.js'
import { testService } from '../test/test-service.js'
import { createPrepaid } from './index.js'

const right = { service: testService, baseUrl: 'https://a.example', network: BASE }

/** Opens a balance as a program in JavaScript does. */
function open(options: unknown): unknown {
  const payer = new TestPayer(new TestChain(), '0x2222222222222222222222222222222222222222')
  const bursar = createPayingFetch({ payers: [payer], ledger: memoryLedger(), limits: { payment: '2' } })
  onTestFinished(() => bursar.close())
  return Reflect.apply(createPrepaid, undefined, [{ ...bursar, [bursarParts]: bursar[bursarParts] }, options])
}

describe('P25, P26: an option of createPrepaid', () => {
  it.each<[object, string]>([
    [{ topup: {} }, 'topup is not an option; did you mean topUp?'],
    [{ baseURL: 'https://a.example' }, 'baseURL is not an option; did you mean baseUrl?'],
    [
      { topUp: { amount: '1', perDay: '5', perday: '5' } },
      'topUp.perday is not an option; did you mean topUp.perDay?'
    ],
    [{ topUp: { amount: 1, perDay: '5' } }, "topUp.amount must be decimal text, such as '0.25', not 1"],
    [
      { topUp: { amount: '1', perDay: '5', cooldownMs: -1 } },
      'topUp.cooldownMs must be a whole number from 0'
    ],
    [{ topUp: { amount: '1' } }, "topUp needs amount and perDay: { amount: '1.00', perDay: '5.00' }"],
    [{ topUp: { amount: '0', perDay: '5' } }, 'topUp.amount must be above zero'],
    [{ topUp: { amount: '3', perDay: '5' } }, 'topUp.amount is 3 USDC, and limits allow no payment above 2'],
    [{ topUp: '1.00' }, 'topUp must be an object, not "1.00"'],
    [{ network: 'base' }, 'network: "base" is not a network; did you mean \'eip155:8453\'?'],
    [{ baseUrl: 'a.example' }, 'baseUrl must be a URL'],
    [{ service: 'katana' }, 'service must be an object, not "katana"'],
    [{ plainFetch: {} }, 'plainFetch must be a function, not an object'],
    [{ service: undefined }, 'service is required'],
    [{ baseUrl: undefined }, 'baseUrl is required'],
    [{ network: undefined }, 'network is required']
  ])('%# %o is a TypeError that names it', (wrong, message) => {
    expect(() => open({ ...right, ...wrong })).toThrow(message)
    expect(() => open({ ...right, ...wrong })).toThrow(TypeError)
  })

  it('is not needed where it has a default', () => {
    expect(open({ ...right, wallet: undefined, topUp: undefined, plainFetch: undefined })).toMatchObject({
      origin: 'https://a.example',
      network: BASE
    })
  })
})
