import { type SettlementStatus, type SignedPayment, SOLANA_MAINNET, x402V2 } from '@bursar/core'
import { Keypair } from '@solana/web3.js'
import bs58 from 'bs58'
import { describe, expect, it } from 'vitest'
import { FACILITATOR, offerOf } from '../../test/offers.js'
import { readPayment, transactionOf } from '../../test/paying.js'
import { atSlot, type RpcAnswer, type RpcCall } from '../../test/rpc-server.js'
import { startScriptedChain } from '../../test/scripted-chain.js'

const MARK = 1_150
const keypair = Keypair.generate()

/** A transaction of the payer's token account, as a node lists it. */
interface Listed {
  readonly signature: string
  readonly slot: number
  readonly memo: string | null
  readonly err: unknown
}

/** What the chain says when it is asked about a payment. */
interface Says {
  readonly height?: number
  readonly listed?: (call: RpcCall) => readonly Listed[]
  readonly bytes?: (name: string) => string | undefined
  readonly firstHeight?: number
  readonly special?: (call: RpcCall) => RpcAnswer | undefined
}

const name = (seed: number): string => bs58.encode(new Uint8Array(64).fill(seed))
const listing = (seed: number, more: Partial<Listed> = {}): Listed => ({
  signature: name(seed),
  slot: 1_100,
  memo: null,
  err: null,
  ...more
})

/** Pays, and asks what became of it on a chain that says so. */
async function askStatus(saysOf: (payment: SignedPayment) => Says) {
  let says: Says = {}
  const chain = await startScriptedChain((call) => says.special?.(call) ?? answer(says, call))
  const payer = chain.payerOf(keypair)
  const payment = await (await payer.prepare(offerOf(), { dialect: x402V2, maxValiditySeconds: 300 })).sign()
  says = saysOf(payment)
  const asked = chain.node.calls.length
  const status = await payer
    .getSettlementStatus(payment)
    .catch((error: { code: string; moneyState: string }) => `${error.code} ${error.moneyState}`)
  return { status, calls: chain.node.calls.slice(asked) }
}

function answer(
  { height = MARK, listed = () => [], bytes, firstHeight = 0 }: Says,
  call: RpcCall
): RpcAnswer | undefined {
  switch (call.method) {
    case 'getEpochInfo':
      return { result: { absoluteSlot: height + 100, blockHeight: height } }
    case 'getSignaturesForAddress':
      return { result: listed(call) }
    case 'getTransaction': {
      const found = bytes?.(String(call.params[0]))
      return { result: found === undefined ? null : { transaction: [found, 'base64'] } }
    }
    case 'getFirstAvailableBlock':
      return { result: 400 }
    case 'getBlock':
      return { result: { blockHeight: call.params[0] === 400 ? firstHeight : MARK } }
    default:
      return undefined
  }
}

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

describe('nothing is proven, and the error says that the money is unknown', () => {
  const dead: Says = { height: MARK + 1 }
  it.each<[string, Says]>([
    ['when the node no longer keeps the blocks of that time', { ...dead, firstHeight: MARK - 150 }],
    ['when a transaction that may be it cannot be opened', { ...dead, listed: () => [listing(1)] }],
    [
      'when there are too many to look through',
      { ...dead, listed: () => Array.from({ length: 1_000 }, () => listing(2, { memo: '[1] x' })) }
    ],
    [
      'when too many have to be opened',
      {
        ...dead,
        listed: () => Array.from({ length: 300 }, () => listing(2)),
        bytes: () => Buffer.alloc(1).toString('base64')
      }
    ],
    [
      'when the node is behind',
      {
        ...dead,
        special: ({ method, params }) =>
          method === 'getSignaturesForAddress' && JSON.stringify(params).includes('minContextSlot')
            ? { error: { code: -32_016, message: 'Minimum context slot has not been reached' } }
            : undefined
      }
    ],
    [
      'when the list is none',
      { special: ({ method }) => (method === 'getSignaturesForAddress' ? { result: {} } : undefined) }
    ],
    ['when an entry of the list is malformed', { listed: () => [{ ...listing(1), slot: -1 }] }],
    [
      'when the height is malformed',
      {
        special: ({ method }) => (method === 'getEpochInfo' ? { result: { blockHeight: 'high' } } : undefined)
      }
    ],
    ['when the node fails', { special: () => (response) => response.writeHead(500).end() }]
  ])('%s', async (_, says) => {
    expect((await askStatus(() => says)).status).toBe('rpc/unavailable unknown')
  })
})

it('a payer that pays its own fee asks by name, of a node that is up to date', async () => {
  const cases: [unknown, number, unknown][] = [
    [{ err: null, confirmationStatus: 'confirmed' }, 9_999, 'settled'],
    [{ err: null, confirmationStatus: 'processed' }, 9_999, 'open'],
    [{ err: { InstructionError: [2, 'Custom'] }, confirmationStatus: 'finalized' }, 9_999, 'open'],
    [null, 9_999, 'open']
  ]
  for (const [status, slot, expected] of cases) {
    const chain = await startScriptedChain((call) =>
      call.method === 'getSignatureStatuses' ? atSlot([status], slot) : answer({ height: MARK }, call)
    )
    const payer = chain.payerOf(keypair, { paysOwnFees: true })
    const offer = offerOf({ extra: { feePayer: keypair.publicKey.toBase58() } })
    const payment = await (await payer.prepare(offer, { dialect: x402V2, maxValiditySeconds: 300 })).sign()
    expect((await payer.getSettlementStatus(payment)).status).toBe(expected)
    const [first = new Uint8Array()] = transactionOf(payment).signatures
    expect(chain.node.calls.at(-1)?.params).toEqual([
      [bs58.encode(first)],
      { searchTransactionHistory: true }
    ])
  }
})

it('what is no payment of this package is a mistake of the caller', async () => {
  const chain = await startScriptedChain()
  const payer = chain.payerOf(keypair)
  const payment = await (await payer.prepare(offerOf(), { dialect: x402V2, maxValiditySeconds: 300 })).sign()
  for (const changed of [
    { payload: {} },
    { payer: FACILITATOR.slice(1) },
    { payload: { transaction: 'AAAA' } }
  ]) {
    await expect(payer.getSettlementStatus({ ...payment, ...changed })).rejects.toThrow()
  }
  expect(SOLANA_MAINNET).toBe(payment.network)
})
