import { describe, expect, it } from 'vitest'
import type { Policy } from '../schema/policy-schema.js'
import { commonHosts } from './hosts.js'
import { stricterOf } from './stricter-policy.js'

const [A, B, C] = ['1', '2', '3'].map((digit) => `0x${digit.repeat(40)}`)
const [one = '', two = '', three = ''] = [A, B, C]

describe('the stricter of two policies', () => {
  it.each<[Policy, Policy, Policy]>([
    [{ limits: { day: '5' } }, { limits: { day: '2', total: '9' } }, { limits: { day: '2', total: '9' } }],
    [{ limits: { day: '2' } }, {}, { limits: { day: '2' } }],
    [
      { limits: { hosts: { 'A.example': { day: '2' } } } },
      { limits: { hosts: { 'a.example': { day: '1' } } } },
      { limits: { hosts: { 'a.example': { day: '1' } } } }
    ],
    [
      { allow: { hosts: ['*.a.example'] } },
      { allow: { hosts: ['b.a.example'] } },
      { allow: { hosts: ['b.a.example'] } }
    ],
    [{}, { allow: { networks: ['eip155:8453'] } }, { allow: { networks: ['eip155:8453'] } }],
    [
      { allow: { networks: 'testnet' } },
      { allow: { networks: ['eip155:8453', 'eip155:84532'] } },
      { allow: { networks: ['eip155:84532'] } }
    ],
    [{ allow: { payees: [one, two] } }, { allow: { payees: [two, three] } }, { allow: { payees: [two] } }],
    [{ allow: { payees: 'pin' } }, { allow: { payees: [one] } }, { allow: { payees: 'pin' } }],
    [{ allow: { payees: [one] } }, { allow: { payees: 'pin' } }, { allow: { payees: [one] } }],
    [{}, { allow: { payees: 'pin' } }, { allow: { payees: 'pin' } }],
    [{ maxPriceIncrease: 3 }, { maxPriceIncrease: 2 }, { maxPriceIncrease: 2 }],
    [
      { confirm: { above: '1', unanswered: 'pay' } },
      { confirm: { above: '2' } },
      { confirm: { above: '1', unanswered: 'refuse' } }
    ],
    [{}, { topUp: { katana: { amount: '1', perDay: '5' } } }, {}],
    [{ topUp: { katana: { amount: '1', perDay: '5' } } }, {}, {}],
    [
      { topUp: { katana: { amount: '1', perDay: '5', below: '0.5', cooldownMs: 5, creditWaitMs: 7 } } },
      { topUp: { katana: { amount: '2', perDay: '3', total: '9' }, venice: { amount: '5', perDay: '5' } } },
      { topUp: { katana: { amount: '1', perDay: '3', total: '9', cooldownMs: 5, creditWaitMs: 7 } } }
    ],
    [
      { topUp: { venice: { amount: '5', perDay: '10', below: '2' } } },
      { topUp: { venice: { perDay: '20', below: '1' } } },
      { topUp: { venice: { amount: '5', perDay: '10', below: '1' } } }
    ],
    [{ signIn: 'always' }, { signIn: false }, { signIn: 'always' }]
  ])('of %o and %o is %o', (first, second, stricter) => {
    expect(stricterOf(first, second)).toEqual(stricter)
  })

  it('allows no host where no host is in both lists', () => {
    expect(commonHosts(['a.example'], ['b.example'])).toEqual([])
    expect(commonHosts(['*.a.example'], ['a.example'])).toEqual([])
    expect(commonHosts(undefined, undefined)).toBeUndefined()
  })
})
