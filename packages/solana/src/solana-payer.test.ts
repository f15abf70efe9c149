import {
  type Dialect,
  katana,
  type Offer,
  type PaymentTerms,
  type SignedPayment,
  SOLANA_DEVNET,
  SOLANA_MAINNET,
  x402V1,
  x402V2
} from '@bursar/core'
import {
  decodeTransferCheckedInstruction,
  getAssociatedTokenAddressSync,
  TOKEN_2022_PROGRAM_ID,
  TOKEN_PROGRAM_ID
} from '@solana/spl-token'
import { Keypair, PublicKey, TransactionMessage, VersionedTransaction } from '@solana/web3.js'
import { describe, expect, it } from 'vitest'
import { FACILITATOR, type OfferChanges, offerOf, PAYEE } from '../test/offers.js'
import { atSlot } from '../test/rpc-server.js'
import { BLOCKHASH, type ScriptedChain, startScriptedChain } from '../test/scripted-chain.js'
import type { SolanaPayer, SolanaWallet } from './index.js'

const keypair = Keypair.generate()
const me = keypair.publicKey.toBase58()
const USDC = new PublicKey('EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v')
const accountOf = (owner: string): string =>
  getAssociatedTokenAddressSync(USDC, new PublicKey(owner)).toBase58()
const termsOf = (dialect: Dialect, more: Partial<PaymentTerms> = {}): PaymentTerms => ({
  dialect,
  maxValiditySeconds: 300,
  ...more
})

async function pay(
  payer: SolanaPayer,
  offer: Offer = offerOf(),
  dialect: Dialect = x402V2
): Promise<SignedPayment> {
  return (await payer.prepare(offer, termsOf(dialect))).sign()
}

function read({ payload }: SignedPayment) {
  const { message, signatures } = VersionedTransaction.deserialize(
    Buffer.from(String(payload.transaction), 'base64')
  )
  const { instructions, payerKey, recentBlockhash } = TransactionMessage.decompile(message)
  const memo = instructions.at(-1)?.data.toString()
  return { instructions, feePayer: payerKey.toBase58(), recentBlockhash, memo, signatures }
}

/** A wallet that counts how often it is asked. */
function countingWallet(): { wallet: SolanaWallet; asked: () => number } {
  let asked = 0
  const signTransaction: SolanaWallet['signTransaction'] = async (transaction) => {
    asked++
    return transaction
  }
  return { wallet: { publicKey: keypair.publicKey, signTransaction }, asked: () => asked }
}

describe('a payment', () => {
  it('is compute limit, compute price, transfer and memo, in the order that facilitators check', async () => {
    const chain = await startScriptedChain()
    const payment = await pay(chain.payerOf(keypair))
    const { instructions, feePayer, recentBlockhash, memo } = read(payment)
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

  it('says what the ledger needs: reference, death mark, and when it will be dead by estimate', async () => {
    const chain = await startScriptedChain()
    const payment = await pay(chain.payerOf(keypair))
    expect(payment).toMatchObject({
      network: SOLANA_MAINNET,
      asset: USDC.toBase58(),
      payer: me,
      payTo: PAYEE,
      amountAtomic: 250_000n
    })
    expect(payment.deathMark).toBe(1_150n)
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
      read(await pay(chain.payerOf(keypair), offerOf({ extra: { feePayer: FACILITATOR, memo } }))).memo
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
    expect(read(payment).recentBlockhash).toBe(hint)
    // Not 1, as the server says: called dead that early, the payment would be made again and settle twice.
    expect(payment.deathMark).toBe(1_150n)
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
    expect(read(payment).feePayer).toBe(PAYEE)
    expect(payment.payload.payer).toBe(me)
  })

  it("41: creates the recipient's token account, paid by payTo, when it does not exist", async () => {
    const chain = await startScriptedChain()
    chain.missing.add(accountOf(PAYEE))
    const { instructions } = read(await pay(chain.payerOf(keypair), offer, katana))
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
    expect(read(await pay(payer, offer, katana)).instructions).toHaveLength(4)
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
      expect(read(payment).instructions[1]?.data.readBigUInt64LE(1)).toBeLessThanOrEqual(10_000n)
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

describe('reads', () => {
  it('a warm payment makes none, and 200 at once make two', async () => {
    const chain = await startScriptedChain()
    const payer = chain.payerOf(keypair)
    await Promise.all(Array.from({ length: 200 }, () => pay(payer)))
    expect(chain.node.calls.map(({ method }) => method).toSorted()).toEqual([
      'getAccountInfo',
      'getLatestBlockhash'
    ])
    chain.clock.advance(19_000)
    await pay(payer)
    expect(chain.node.calls).toHaveLength(2)
  })

  it("one look-up of a mint that is not Circle's is shared, and tells its program", async () => {
    const mint = Keypair.generate().publicKey
    const asset = { network: SOLANA_MAINNET, address: mint.toBase58(), symbol: 'NEW', decimals: 9 }
    const chain = await startScriptedChain(({ method, params }) =>
      method === 'getAccountInfo' && params[0] === asset.address
        ? atSlot({ owner: TOKEN_2022_PROGRAM_ID.toBase58(), data: ['CQ==', 'base64'] })
        : method === 'getAccountInfo'
          ? atSlot({ owner: TOKEN_2022_PROGRAM_ID.toBase58(), data: ['AAAAAAAAAAA=', 'base64'] })
          : undefined
    )
    const payer = chain.payerOf(keypair, { known: { assets: [asset] } })
    const payments = await Promise.all(Array.from({ length: 20 }, () => pay(payer, { ...offerOf(), asset })))
    const [payment] = payments
    if (!payment) throw new TypeError('There is no payment')
    const [, , transfer] = read(payment).instructions
    expect(transfer?.programId.equals(TOKEN_2022_PROGRAM_ID)).toBe(true)
    expect(transfer?.keys[0]?.pubkey).toEqual(
      getAssociatedTokenAddressSync(mint, keypair.publicKey, false, TOKEN_2022_PROGRAM_ID)
    )
    expect(chain.node.calls.filter(({ params }) => params[0] === asset.address)).toHaveLength(1)
  })

  it('a mint that is none, or that has other decimals than the registry says, is not paid with', async () => {
    const asset = {
      network: SOLANA_MAINNET,
      address: Keypair.generate().publicKey.toBase58(),
      symbol: 'NEW',
      decimals: 9
    }
    for (const [owner, said] of [
      [PAYEE, 'is no token'],
      [TOKEN_PROGRAM_ID.toBase58(), '6 decimals on chain and 9']
    ] as const) {
      const chain = await startScriptedChain(({ method }) =>
        method === 'getAccountInfo' ? atSlot({ owner, data: ['Bg==', 'base64'] }) : undefined
      )
      const payer = chain.payerOf(keypair, { known: { assets: [asset] } })
      await expect(pay(payer, { ...offerOf(), asset })).rejects.toThrow(said)
    }
  })
})

describe('an offer is refused before anything is read or signed', () => {
  it.each<[string, string, OfferChanges, Dialect]>([
    ['that names no fee payer', 'names no fee payer', { extra: {} }, x402V2],
    ['whose fee payer is no address', 'feePayer is not an address', { extra: { feePayer: 'me' } }, x402V2],
    [
      'whose fee payer is no address, in Katana too',
      'feePayer is not an address',
      { extra: { feePayer: 7 } },
      katana
    ],
    ['whose payTo is no address', 'payTo is not an address', { payTo: `${PAYEE.slice(0, -1)}0` }, x402V2],
    ['whose memo is no text', 'memo is not text', { extra: { feePayer: FACILITATOR, memo: 7 } }, x402V2],
    [
      'whose memo is too long',
      'longer than 256 bytes',
      { extra: { feePayer: FACILITATOR, memo: '漢'.repeat(86) } },
      x402V2
    ]
  ])('%s', async (_, reason, changes, dialect) => {
    const chain = await startScriptedChain()
    const { wallet, asked } = countingWallet()
    const payer = chain.payerOf(wallet)
    expect(payer.refuses(offerOf(changes), dialect)).toContain(reason)
    await expect(pay(payer, offerOf(changes), dialect)).rejects.toMatchObject({
      code: 'offer/none-usable',
      moneyState: 'none'
    })
    expect([chain.node.calls.length, asked()]).toEqual([0, 0])
  })

  it('that has this account pay the fee in SOL, which no limit counts', async () => {
    const chain = await startScriptedChain()
    const { wallet, asked } = countingWallet()
    await expect(pay(chain.payerOf(wallet), offerOf({ extra: { feePayer: me } }))).rejects.toMatchObject({
      code: 'offer/none-usable'
    })
    expect([chain.node.calls.length, asked()]).toEqual([0, 0])
  })

  it('when the user wants shorter authorizations than Solana has', async () => {
    const chain = await startScriptedChain()
    const terms = termsOf(x402V2, { maxValiditySeconds: 59 })
    await expect(chain.payerOf(keypair).prepare(offerOf(), terms)).rejects.toThrow('lives for 60 s')
    expect(chain.node.calls).toEqual([])
  })

  it.each([
    ['in the standard', x402V2, FACILITATOR],
    ['in v1', x402V1, FACILITATOR]
  ])('%s, whose payee has no token account: the error names it', async (_, dialect, feePayer) => {
    const chain = await startScriptedChain()
    chain.missing.add(accountOf(PAYEE))
    const { wallet, asked } = countingWallet()
    await expect(pay(chain.payerOf(wallet), offerOf({ extra: { feePayer } }), dialect)).rejects.toMatchObject(
      {
        code: 'offer/recipient-account-missing',
        moneyState: 'none',
        message: expect.stringContaining(accountOf(PAYEE)),
        context: { payTo: PAYEE, account: accountOf(PAYEE) }
      }
    )
    expect(asked()).toBe(0)
  })
})

describe('a payer that pays its own fees (paysOwnFees)', () => {
  it('is the only signer', async () => {
    const chain = await startScriptedChain()
    const payment = await pay(
      chain.payerOf(keypair, { paysOwnFees: true }),
      offerOf({ extra: { feePayer: me } })
    )
    const { signatures, feePayer } = read(payment)
    expect([signatures.length, feePayer]).toEqual([1, me])
  })

  it('pays for no token account of others, whatever the dialect', async () => {
    const chain = await startScriptedChain()
    chain.missing.add(accountOf(PAYEE))
    const paying = pay(
      chain.payerOf(keypair, { paysOwnFees: true }),
      offerOf({ extra: { feePayer: me } }),
      katana
    )
    await expect(paying).rejects.toMatchObject({ code: 'offer/recipient-account-missing' })
  })
})

describe('balances', () => {
  const answers = async (value: unknown): Promise<ScriptedChain> =>
    startScriptedChain(({ method }) => (method === 'getBalance' ? atSlot(value) : undefined))

  it('are of USDC and of SOL', async () => {
    const payer = (await answers(1_500_000_000)).payerOf(keypair)
    expect(await payer.usdcBalance(SOLANA_MAINNET)).toBe(7_000_000n)
    expect(await payer.solBalance(SOLANA_MAINNET)).toBe(1_500_000_000n)
    expect(await payer.address()).toBe(me)
  })

  it('of an account that does not exist are zero', async () => {
    const chain = await answers(0)
    chain.missing.add(accountOf(me))
    expect(await chain.payerOf(keypair).usdcBalance(SOLANA_MAINNET)).toBe(0n)
    expect(await chain.payerOf(keypair).solBalance(SOLANA_MAINNET)).toBe(0n)
  })

  it('peers defect 10: are never zero because the node is down', async () => {
    const chain = await startScriptedChain(() => (response) => response.writeHead(500).end())
    const payer = chain.payerOf(keypair)
    for (const read of [payer.usdcBalance, payer.solBalance]) {
      await expect(read(SOLANA_MAINNET)).rejects.toMatchObject({ code: 'rpc/unavailable' })
    }
  })

  it('of a network without a known token are a mistake of the caller', async () => {
    const chain = await answers(0)
    await expect(chain.payerOf(keypair).usdcBalance('solana:unknown')).rejects.toThrow(TypeError)
    expect(SOLANA_DEVNET).not.toBe('solana:unknown')
  })
})

it('an abort ends the preparation, and nothing is signed', async () => {
  const chain = await startScriptedChain(() => () => {})
  const { wallet, asked } = countingWallet()
  const stop = new AbortController()
  const preparing = chain.payerOf(wallet).prepare(offerOf(), termsOf(x402V2, { signal: stop.signal }))
  stop.abort(new RangeError('enough'))
  await expect(preparing).rejects.toThrow('enough')
  expect(asked()).toBe(0)
})
