/** One contract for the payers of both chains: every expectation here is run for each of them. */
import { inspect } from 'node:util'
import { bursarErrorOf, type Payer, type SignedPayment, x402V2 } from '@bursar/core'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RpcAnswer, type RpcServer, startRpcServer } from '../packages/solana/test/rpc-server.js'
import { type PayerFixture, startEvmFixture, startSolanaFixture } from './payer-fixtures.js'

const terms = { dialect: x402V2, maxValiditySeconds: 300 }
const MINUTE = 60_000

describe.each([
  ['EVM', startEvmFixture],
  ['Solana', startSolanaFixture]
])('the payer on %s', (_, start) => {
  let chain: PayerFixture
  beforeAll(async () => {
    chain = await start()
  }, 2 * MINUTE)
  afterAll(() => chain.stop(), MINUTE)

  const pay = async (payer: Payer): Promise<SignedPayment> =>
    (await payer.prepare(chain.offer(), terms)).sign()

  /** A node of the right chain that gives one and the same result for everything else. */
  const nodeSaying = (answer: RpcAnswer): Promise<RpcServer> =>
    startRpcServer(({ method }) => (method === 'eth_chainId' ? { result: '0x2105' } : answer))

  /** Hands each call on to the chain, and counts. */
  const countingNode = (): Promise<RpcServer> =>
    startRpcServer(async ({ method, params }) => {
      const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
      const headers = { 'content-type': 'application/json' }
      return (await fetch(chain.rpcUrl, { method: 'POST', headers, body })).json() as Promise<RpcAnswer>
    })

  it('names its account, and reads its USDC and what pays its gas', async () => {
    const account = await chain.newAccount()
    const payer = account.payer()
    expect(await payer.address()).toBe(account.address)
    expect(await payer.balances?.readUsdc(chain.network)).toBe(1_000_000n)
    expect(await payer.balances?.readGas(chain.network)).toBe(0n)
  })

  it('signs with a key without a wait, for payments of one shape', async () => {
    const payer = (await chain.newAccount()).payer()
    const prepared = await payer.prepare(chain.offer(), terms)
    const payment = await prepared.sign()
    expect(prepared.signSync?.()).toEqual(payment)
    expect(Object.keys(payment).toSorted()).toEqual([
      ...['amountAtomic', 'asset', 'expiresAtSeconds', 'expiry', 'network', 'payTo', 'payer', 'payload'],
      'reference'
    ])
    expect(payment).toMatchObject({
      payer: await payer.address(),
      network: chain.network,
      amountAtomic: 250_000n
    })
  })

  it('asks a wallet once, and only when it signs', async () => {
    const { payer, signed } = (await chain.newAccount()).countingPayer()
    const prepared = await payer.prepare(chain.offer(), terms)
    expect([prepared.signSync, signed()]).toEqual([undefined, 0])
    await prepared.sign()
    expect(signed()).toBe(1)
  })

  it('M69: an offer that pays the payer, nobody or the token itself is rejected, and nothing is signed', async () => {
    const account = await chain.newAccount()
    const { payer, signed } = account.countingPayer()
    for (const [payTo, reason] of [
      [account.address, 'its payTo is the account that pays'],
      [
        account.address.replace(/^0x.*/, (address) => address.toLowerCase()),
        'its payTo is the account that pays'
      ],
      [chain.zeroAddress, 'its payTo is the zero address'],
      [chain.token, "its payTo is the token's own"],
      ['0x1', 'its payTo is not an address']
    ] as const) {
      const offer = chain.offer(payTo)
      expect(await payer.rejectionReason(offer, x402V2)).toContain(reason)
      await expect(payer.prepare(offer, terms)).rejects.toMatchObject({
        code: 'offer/none-usable',
        moneyState: 'none',
        message: expect.stringContaining(reason)
      })
    }
    expect(signed()).toBe(0)
    expect(await payer.rejectionReason(chain.offer(), x402V2)).toBeUndefined()
  })

  it('M12: says that a payment is open, then in which transaction and when it settled', async () => {
    const payer = (await chain.newAccount()).payer()
    const fromSeconds = Math.floor(Date.now() / 1000) - 2
    const payment = await pay(payer)
    expect(await payer.getSettlementStatus(payment)).toEqual({ status: 'open' })
    const transaction = await chain.settle(payment)
    const status = await payer.getSettlementStatus(structuredClone(payment))
    expect(status).toEqual({ status: 'settled', transaction, settledAtSeconds: expect.any(Number) })
    const { settledAtSeconds = 0 } = status.status === 'settled' ? status : {}
    expect(settledAtSeconds).toBeGreaterThanOrEqual(fromSeconds)
    expect(settledAtSeconds).toBeLessThanOrEqual(Math.ceil(Date.now() / 1000) + 2)
  })

  it('M41: reports many payments in their order, as it does of each, with few calls', async () => {
    const [node, account] = [await countingNode(), await chain.newAccount()]
    const payer = account.payer({ rpcUrls: node.url })
    const paid = await Promise.all(Array.from({ length: 12 }, () => pay(payer)))
    await chain.settle(paid[3] ?? expect.unreachable())
    await chain.settle(paid[7] ?? expect.unreachable())
    const before = node.calls.length
    const statuses = await payer.getSettlementStatuses?.(chain.network, paid)
    expect(node.calls.length - before).toBeLessThanOrEqual(8)
    expect(statuses?.map((each) => each?.status)).toEqual(
      paid.map((_payment, index) => (index === 3 || index === 7 ? 'settled' : 'open'))
    )
    expect(statuses).toEqual(await Promise.all(paid.map((each) => payer.getSettlementStatus(each))))
    expect(await payer.getSettlementStatuses?.(chain.network, [])).toEqual([])
  })

  it('audits: confirms what settled, contradicts what did not, and lists the debits', async () => {
    const account = await chain.newAccount()
    const [payer, auditor] = [account.payer(), account.auditor()]
    const [payment, other] = [await pay(payer), await pay(payer)]
    const transaction = await chain.settle(payment)
    expect(await auditor.confirm({ ...payment, transaction })).toBe('confirmed')
    expect(await auditor.confirm({ ...other, transaction })).toBe('contradicted')
    expect(await auditor.confirm({ ...payment, transaction: 'no transaction' })).toBe('contradicted')
    const debits = await auditor.readDebits(chain.network, Date.now() - 10 * MINUTE)
    expect(debits).toMatchObject([{ transaction, reference: payment.reference, amountAtomic: 250_000n }])
    expect(await auditor.readDebits(chain.network, Date.now() + 10 * MINUTE)).toEqual([])
  })

  describe('an outage', () => {
    const down = ['http://127.0.0.1:1/secret-path?key=secret', 'http://127.0.0.1:2/secret-path']

    it('is rpc/unavailable for every read, shows of a URL its host, and leaves open what became of a payment', async () => {
      const account = await chain.newAccount()
      const payment = await pay(account.payer())
      const [payer, auditor] = [account.payer({ rpcUrls: down }), account.auditor({ rpcUrls: down })]
      const reads: [() => Promise<unknown> | undefined, string][] = [
        [() => payer.getSettlementStatus(payment), 'unknown'],
        [() => payer.getSettlementStatuses?.(chain.network, [payment]), 'unknown'],
        [() => auditor.confirm({ ...payment, transaction: `0x${'1'.repeat(64)}` }), 'unknown'],
        [() => payer.balances?.readUsdc(chain.network), 'none'],
        [() => payer.balances?.readGas(chain.network), 'none'],
        [() => auditor.readDebits(chain.network, 0), 'none']
      ]
      for (const [read, moneyState] of reads) {
        const error = await read()?.catch((reason: unknown) => reason)
        const unavailable = bursarErrorOf(error, 'rpc/unavailable')
        if (unavailable)
          expect(unavailable).toMatchObject({
            moneyState,
            message: expect.stringMatching(/127\.0\.0\.1:1 cannot .*127\.0\.0\.1:2 cannot /)
          })
        // Solana's transactions have names of another shape.
        else expect(error).toBe('contradicted')
        expect(inspect(error, { depth: 9 })).not.toMatch(/secret|http/)
      }
    })

    it('of one endpoint is none: the next is asked', async () => {
      const payer = (await chain.newAccount()).payer({ rpcUrls: [...down, chain.rpcUrl] })
      expect(await payer.balances?.readUsdc(chain.network)).toBe(1_000_000n)
    })

    it.each([
      [
        'settlement status',
        (payer: Payer, payment: SignedPayment, signal: AbortSignal) =>
          payer.getSettlementStatus(payment, signal)
      ],
      [
        'settlement statuses',
        (payer: Payer, payment: SignedPayment, signal: AbortSignal) =>
          payer.getSettlementStatuses?.(payment.network, [payment], signal)
      ],
      [
        'balance',
        (payer: Payer, payment: SignedPayment, signal: AbortSignal) =>
          payer.balances?.readUsdc(payment.network, signal)
      ]
    ])(
      'that only stalls ends with the time limit, and the wait for a %s at once by its signal',
      async (_what, read) => {
        const silent = await startRpcServer(() => () => {})
        const account = await chain.newAccount()
        const payment = await pay(account.payer())
        const stop = new AbortController()
        const reading = read(
          account.payer({ rpcUrls: silent.url, rpcTimeoutMs: 600_000 }),
          payment,
          stop.signal
        )
        stop.abort(new RangeError('enough'))
        await expect(reading).rejects.toThrow('enough')
        const limited = account.payer({ rpcUrls: silent.url, rpcTimeoutMs: 50 })
        await expect(read(limited, payment, new AbortController().signal)).rejects.toMatchObject({
          code: 'rpc/unavailable'
        })
      }
    )
  })

  it('M62: whatever a node answers, a payer tells a status or rpc/unavailable, and nothing else', async () => {
    const account = await chain.newAccount()
    const payment = await pay(account.payer())
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (result) => {
        const payer = account.payer({ rpcUrls: (await nodeSaying({ result })).url })
        const told = await payer.getSettlementStatus(payment).catch((error: unknown) => error)
        const unavailable = bursarErrorOf(told, 'rpc/unavailable')
        if (unavailable) expect(unavailable.moneyState).toBe('unknown')
        else expect(told).toEqual({ status: 'open' })
      }),
      {
        numRuns: 60,
        examples: [[null], [{}], [[]], ['0x'], [0], [{ value: null }], [{ context: {}, value: [] }]]
      }
    )
  })

  it('takes no option that it does not know, and no malformed URL, and shows neither key nor URL', async () => {
    const account = await chain.newAccount()
    for (const rpcUrls of ['secret', 'ftp://secret', 'file:///secret', '']) {
      expect(() => account.payer({ rpcUrls })).toThrow(TypeError)
      expect(() => account.payer({ rpcUrls })).not.toThrow('secret')
      expect(() => account.auditor({ rpcUrls })).toThrow(TypeError)
    }
    for (const rpcTimeoutMs of [0, 0.5, Number.NaN]) {
      expect(() => account.payer({ rpcTimeoutMs })).toThrow('rpcTimeoutMs must be a whole number')
    }
    expect(() => account.misspelt()).toThrow('rpcUrl is not an option; did you mean rpcUrls?')
  })
})
