import { describe, expect, it } from 'vitest'
import { type WalletProblem, walletProblem } from './wallet-problem.js'

describe('P38: why a wallet did not sign', () => {
  it.each<[string, unknown, WalletProblem | undefined]>([
    ['its user declined', { code: 4001, message: 'User rejected the request.' }, 'declined'],
    ['its user declined, as ethers says it', { code: 'ACTION_REJECTED' }, 'declined'],
    [
      'its user declined, inside the error of a library',
      new Error('a', { cause: { code: 4001 } }),
      'declined'
    ],
    ['its user declined, inside the error of an adapter', { error: { code: 4001 } }, 'declined'],
    ['it does not share the account', { code: 4100 }, 'not-connected'],
    ['it is disconnected', { code: 4900 }, 'not-connected'],
    ['it is on another network', { code: 4901 }, 'wrong-network'],
    ['it does not know the network', { code: 4902 }, 'wrong-network'],
    ['another code', { code: -32603 }, undefined],
    ['no code', new Error('User rejected the request.'), undefined],
    ['nothing', undefined, undefined]
  ])('is read from its code: %s', (_, thrown, problem) => {
    expect(walletProblem(thrown)).toBe(problem)
  })

  it('is unknown where reading the error throws, and where errors hold each other', () => {
    const hostile = {
      get code() {
        throw new Error('no')
      }
    }
    const circle: { cause?: unknown } = {}
    circle.cause = circle
    expect([walletProblem(hostile), walletProblem(circle)]).toEqual([undefined, undefined])
  })
})
