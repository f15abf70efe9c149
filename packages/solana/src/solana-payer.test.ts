import { katana, SOLANA_MAINNET, x402V1, x402V2 } from '@bursar/core'
import { decodeTransferCheckedInstruction } from '@solana/spl-token'
import { Keypair, PublicKey } from '@solana/web3.js'
import { describe, expect, it } from 'vitest'
import { FACILITATOR, offerOf, PAYEE } from '../test/offers.js'
import { accountOf, pay, readPayment, termsOf, USDC } from '../test/paying.js'
import { atSlot } from '../test/rpc-server.js'
import { BLOCKHASH, startScriptedChain } from '../test/scripted-chain.js'

const keypair = Keypair.generate()
const me = keypair.publicKey.toBase58()

describe('a payment', () => {
  it('is compute limit, compute price, transfer and memo, in the order that facilitators check', async () => {
    const chain = await startScriptedChain()
    const payment = await pay(chain.payerOf(keypair))
    const { instructions, feePayer, recentBlockhash, memo } = readPayment(payment)
    expect(instructions.map(({ programId, data }) => [programId.toBase58(), data[0]])).toEqual([
      ['ComputeBudget111111111111111111111111111111', 2],
      ['ComputeBudget111111111111111111111111111111', 3],
      ['TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA', 12],
      ['MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr', memo?.charCodeAt(0)]
    ])
    const [, , transfer] = instructions
    if (!transfer) throw new TypeError('There is no transfer')
    const { keys, data } = decodeTransferCheckedInstruction(transfer)
    expect(
      [keys.source, keys.mint, keys.destination, keys.owner].map((meta) => meta.pubkey.toBase58())
    ).toEqual([accountOf(me), USDC.toBase58(), accountOf(PAYEE), me])
    expect(data).toMatchObject({ amount: 250_000n, decimals: 6 })
    expect([feePayer, recentBlockhash]).toEqual([FACILITATOR, BLOCKHASH])
    expect(memo).toMatch(/^[0-9a-f]{32}$/)
  })

  it('says what the ledger needs: reference, expiry, and when it will be dead by estimate', async () => {
    const chain = await startScriptedChain()
    const payment = await pay(chain.payerOf(keypair))
    expect(payment).toMatchObject({
      network: SOLANA_MAINNET,
      asset: USDC.toBase58(),
      payer: me,
      payTo: PAYEE,
      amountAtomic: 250_000n
    })
    expect(payment.expiry).toBe(1_150n)
    expect(payment.expiresAtSeconds).toBe(chain.clock.nowMs() / 1000 + 60)
    expect(Object.keys(payment.payload)).toEqual(['transaction'])
  })

  it('in v1 has the same payload', async () => {
    const chain = await startScriptedChain()
    expect(Object.keys((await pay(chain.payerOf(keypair), offerOf(), x402V1)).payload)).toEqual([
      'transaction'
    ])
  })

  it("carries the server's memo, and no other", async () => {
    const chain = await startScriptedChain()
    const memo = 'pi_3abc 漢字'
    expect(
      readPayment(await pay(chain.payerOf(keypair), offerOf({ extra: { feePayer: FACILITATOR, memo } }))).memo
    ).toBe(memo)
  })

  it("is built on the server's blockhash when the chain takes it", async () => {
    const hint = new PublicKey(Uint8Array.from({ length: 32 }, (_, index) => index)).toBase58()
    const chain = await startScriptedChain(({ method }) =>
      method === 'isBlockhashValid' ? atSlot(true) : undefined
    )
    const offer = offerOf({
      extra: { feePayer: FACILITATOR, recentBlockhash: hint, lastValidBlockHeight: '1' }
    })
    const payment = await pay(chain.payerOf(keypair), offer)
    expect(readPayment(payment).recentBlockhash).toBe(hint)
    // Not 1, as the server says: called dead that early, the payment would be made again and settle twice.
    expect(payment.expiry).toBe(1_150n)
  })

  it('that replaces a dead one is built on a finalized blockhash', async () => {
    const chain = await startScriptedChain()
    const payer = chain.payerOf(keypair)
    const dead = await pay(payer)
    await (await payer.prepare(offerOf(), termsOf(x402V2, { replaces: dead }))).sign()
    expect(chain.node.calls.at(-1)).toEqual({
      method: 'getLatestBlockhash',
      params: [{ commitment: 'finalized' }]
    })
  })
})

describe('Katana', () => {
  const offer = offerOf({ extra: {} })

  it('39: the fee payer is payTo, and the payload names its payer', async () => {
    const chain = await startScriptedChain()
    const payment = await pay(chain.payerOf(keypair), offer, katana)
    expect(readPayment(payment).feePayer).toBe(PAYEE)
    expect(payment.payload.payer).toBe(me)
  })

  it("41: creates the recipient's token account, paid by payTo, when it does not exist", async () => {
    const chain = await startScriptedChain()
    chain.missing.add(accountOf(PAYEE))
    const { instructions } = readPayment(await pay(chain.payerOf(keypair), offer, katana))
    expect(instructions).toHaveLength(5)
    const [, , create] = instructions
    expect(create?.programId.toBase58()).toBe('ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL')
    expect([...(create?.data ?? [])]).toEqual([1])
    expect(create?.keys.slice(0, 3).map(({ pubkey }) => pubkey.toBase58())).toEqual([
      PAYEE,
      accountOf(PAYEE),
      PAYEE
    ])
  })

  it('creates it no more once it exists', async () => {
    const chain = await startScriptedChain()
    const payer = chain.payerOf(keypair)
    chain.missing.add(accountOf(PAYEE))
    await pay(payer, offer, katana)
    chain.missing.clear()
    expect(readPayment(await pay(payer, offer, katana)).instructions).toHaveLength(4)
  })
})

describe('peers defect 9: two equal payments on one blockhash are two transactions', () => {
  it.each([
    ['with a memo of our own', {}],
    ["with the server's memo", { memo: 'invoice 7' }]
  ])('%s, also when 500 are made at once', async (_, extra) => {
    const chain = await startScriptedChain()
    const payer = chain.payerOf(keypair)
    const payments = await Promise.all(
      Array.from({ length: 500 }, () => pay(payer, offerOf({ extra: { feePayer: FACILITATOR, ...extra } })))
    )
    expect(new Set(payments.map(({ payload }) => payload.transaction)).size).toBe(500)
    expect(new Set(payments.map(({ reference }) => reference)).size).toBe(500)
    for (const payment of payments) {
      expect(readPayment(payment).instructions[1]?.data.readBigUInt64LE(1)).toBeLessThanOrEqual(10_000n)
    }
  })

  it('also from two processes that start at once', async () => {
    const chain = await startScriptedChain()
    const offer = offerOf({ extra: { feePayer: FACILITATOR, memo: 'invoice 7' } })
    const [one, two] = [1, 2].map((seed) =>
      chain.payerOf(keypair, { random: (length) => new Uint8Array(length).fill(seed) })
    )
    if (!one || !two) throw new TypeError('There are no payers')
    expect((await pay(one, offer)).payload).not.toEqual((await pay(two, offer)).payload)
  })
})

describe('a payer that pays its own fees (paysOwnFees)', () => {
  it('is the only signer', async () => {
    const chain = await startScriptedChain()
    const payment = await pay(
      chain.payerOf(keypair, { paysOwnFees: true }),
      offerOf({ extra: { feePayer: me } })
    )
    const { signatures, feePayer } = readPayment(payment)
    expect([signatures.length, feePayer]).toEqual([1, me])
  })
})
