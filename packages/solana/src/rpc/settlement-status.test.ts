import type { SettlementStatus, SignedPayment } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { askStatus, listing, MARK, name } from '../../test/asked-status.js'
import { readPayment, transactionOf } from '../../test/paying.js'
import type { RpcCall } from '../../test/rpc-server.js'

/** What a facilitator sends: its own signature first. */
function completed(payment: SignedPayment): string {
  const transaction = transactionOf(payment)
  transaction.signatures[0] = new Uint8Array(64).fill(7)
  return Buffer.from(transaction.serialize()).toString('base64')
}

const memoOf = (payment: SignedPayment): string => readPayment(payment).memo ?? ''

const settled = (seed: number): SettlementStatus => ({ status: 'settled', transaction: name(seed) })

const methods = (calls: readonly RpcCall[]): string[] => calls.map(({ method }) => method)

describe('a payment is settled', () => {
  it('in the transaction that carries its signature', async () => {
    const { status } = await askStatus((payment) => ({
      listed: () => [listing(1)],
      bytes: () => completed(payment)
    }))
    expect(status).toEqual(settled(1))
  })

  it('also when its end has passed', async () => {
    const { status } = await askStatus((payment) => ({
      height: MARK + 500,
      listed: () => [listing(1)],
      bytes: () => completed(payment)
    }))
    expect(status).toEqual(settled(1))
  })

  it('when only a node that is up to date knows of it', async () => {
    const { status } = await askStatus((payment) => ({
      height: MARK + 1,
      listed: ({ params }) =>
        JSON.stringify(params).includes(`"minContextSlot":${MARK + 101}`) ? [listing(1)] : [],
      bytes: () => completed(payment)
    }))
    expect(status).toEqual(settled(1))
  })

  it('on the second page of what the account has done', async () => {
    const page = Array.from({ length: 1_000 }, (_, index) =>
      listing(2, { slot: 2_000 - index, memo: '[1] x' })
    )
    const { status, calls } = await askStatus((payment) => ({
      height: MARK - 500,
      listed: ({ params: [, config] }) => (JSON.stringify(config).includes('"before"') ? [listing(1)] : page),
      bytes: () => completed(payment),
      special: ({ method }) => (method === 'getBlock' ? { result: { blockHeight: MARK } } : undefined)
    }))
    expect(status).toEqual(settled(1))
    expect(calls.at(-2)?.params[1]).toMatchObject({ before: name(2), limit: 1_000 })
  })

  it('behind a page that is shorter than was asked for: some nodes list fewer at once', async () => {
    const { status } = await askStatus((payment) => ({
      height: MARK + 1,
      listed: ({ params: [, config] }) =>
        JSON.stringify(config).includes('"before"') ? [listing(1)] : [listing(2, { memo: '[1] x' })],
      bytes: () => completed(payment)
    }))
    expect(status).toEqual(settled(1))
  })

  it('and only the transactions that may carry its memo are opened', async () => {
    const { status, calls } = await askStatus((payment) => ({
      listed: () => [
        listing(1, { memo: '[32] 0123' }),
        listing(2, { memo: `[3] abc; [32] ${memoOf(payment)}` }),
        listing(3)
      ],
      bytes: () => completed(payment)
    }))
    expect(status).toEqual(settled(2))
    expect(methods(calls)).toEqual(['getEpochInfo', 'getSignaturesForAddress', 'getTransaction'])
  })
})

describe('a payment is open', () => {
  it('while the finalized height has not passed its mark', async () => {
    expect((await askStatus(() => ({ height: MARK }))).status).toEqual({ status: 'open' })
  })

  it("peers defect 7: when the account's transactions are others, even with the same memo", async () => {
    const { status } = await askStatus((payment) => ({
      listed: () => [listing(1, { memo: `[32] ${memoOf(payment)}` })],
      bytes: () => Buffer.from([1, ...new Uint8Array(64), ...new Uint8Array(100)]).toString('base64')
    }))
    expect(status).toEqual({ status: 'open' })
  })

  it("when one of the account's transactions is of a version that payments are not", async () => {
    const { status } = await askStatus(() => ({
      listed: () => [listing(1)],
      special: ({ method }) =>
        method === 'getTransaction'
          ? { error: { code: -32_015, message: 'version 1 is not supported' } }
          : undefined
    }))
    expect(status).toEqual({ status: 'open' })
  })

  it('when it landed and failed', async () => {
    const { status, calls } = await askStatus((payment) => ({
      listed: () => [listing(1, { err: { InstructionError: [2, { Custom: 1 }] } })],
      bytes: () => completed(payment)
    }))
    expect(status).toEqual({ status: 'open' })
    expect(methods(calls)).not.toContain('getTransaction')
  })
})

describe('a payment is dead', () => {
  it('once the finalized height has passed its mark, it is nowhere, and the node would know: asked in that order', async () => {
    const { status, calls } = await askStatus(() => ({ height: MARK + 1 }))
    expect(status).toEqual({ status: 'dead' })
    expect(methods(calls)).toEqual([
      'getEpochInfo',
      'getSignaturesForAddress',
      'getSignaturesForAddress',
      'getFirstAvailableBlock',
      'getBlock'
    ])
    expect(calls[0]?.params).toEqual([{ commitment: 'finalized' }])
  })

  it('once the search has gone back beyond its signing', async () => {
    const page = Array.from({ length: 1_000 }, () => listing(2, { memo: '[1] x' }))
    const { status, calls } = await askStatus(() => ({
      height: MARK + 1,
      listed: () => page,
      special: ({ method, params }) =>
        method === 'getBlock' && params[0] === 1_100 ? { result: { blockHeight: MARK - 151 } } : undefined
    }))
    expect(status).toEqual({ status: 'dead' })
    expect(methods(calls).filter((method) => method === 'getSignaturesForAddress')).toHaveLength(2)
  })
})
