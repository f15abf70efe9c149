import type { JsonObject } from '@bursar/core'
import { type SolanaChain, startSolana } from '@bursar/localchain/solana'
import { Connection, Keypair, PublicKey, SystemProgram } from '@solana/web3.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Gateway } from '../../gateway.js'
import { startGateway } from '../../start-gateway.js'
import { challengeOf, decode, encode } from '../../testing/payer.js'
import {
  fundSolanaWallet,
  memo,
  type SolanaWallet,
  type TransactionChanges
} from '../../testing/solana-payer.js'
import type { RejectionReason } from '../rejection-reasons.js'
import { SolanaFacilitator } from './solana-facilitator.js'

const SLOT_TIME_MS = 50
let chain: SolanaChain
let gateway: Gateway
let wallet: SolanaWallet

beforeAll(async () => {
  chain = await startSolana({ slotTimeMs: SLOT_TIME_MS })
  gateway = await startGateway({ solana: chain })
  wallet = await fundSolanaWallet(chain)
})
afterAll(async () => {
  await gateway.stop()
  await chain.stop()
})

const routes = {
  standard: { path: '/standard/v2/report', init: {} },
  katana: {
    path: '/v1/chat/completions',
    init: {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ model: 'claude-haiku-4-5', messages: [{ role: 'user', content: 'Hi' }] })
    }
  }
} as const

type Dialect = keyof typeof routes

function ask(dialect: Dialect, payment?: string, from = gateway): Promise<Response> {
  const { path, init } = routes[dialect]
  const headers = {
    ...('headers' in init ? init.headers : {}),
    ...(payment && { 'PAYMENT-SIGNATURE': payment })
  }
  return fetch(`${from.url}${path}`, { ...init, headers })
}

async function offerOf(dialect: Dialect, from = gateway): Promise<JsonObject> {
  const offer = challengeOf(await ask(dialect, undefined, from)).accepts.at(-1)
  if (!offer) throw new TypeError('Nothing is offered')
  return offer
}

async function headerFor(
  dialect: Dialect,
  changes: TransactionChanges = {},
  from = gateway
): Promise<string> {
  const accepted = await offerOf(dialect, from)
  return encode({ x402Version: 2, accepted, payload: await wallet.pay(accepted, changes) })
}

function taken(from = gateway): Promise<bigint> {
  return chain.balanceOf(from.payTo.solana)
}

describe('an honest payment', () => {
  it.each(['standard', 'katana'] as const)('settles on the chain, %s', async (dialect) => {
    const before = await taken()
    const { amount } = await offerOf(dialect)
    const response = await ask(dialect, await headerFor(dialect))
    expect(response.status).toBe(200)
    const receipt = decode(response.headers.get('PAYMENT-RESPONSE'))
    expect(receipt).toMatchObject({ success: true, payer: wallet.address, amount })
    const landed = await new Connection(chain.rpcUrl, 'confirmed').getTransaction(
      String(receipt.transaction),
      {
        maxSupportedTransactionVersion: 0
      }
    )
    expect(landed?.meta?.err).toBeNull()
    expect(await taken()).toBe(before + BigInt(String(amount)))
  })

  it('Katana 41: may create the payee’s token account at the payee’s cost', async () => {
    await using bare = await startGateway({ solana: { ...chain, tokenAccount: 'missing' } })
    const header = await headerFor('katana', { creates: true }, bare)
    expect((await ask('katana', header, bare)).status).toBe(200)
    expect(await taken(bare)).toBeGreaterThan(0n)
  })

  it('may carry no memo where the offer asks for none', async () => {
    expect((await ask('standard', await headerFor('standard', { memo: undefined }))).status).toBe(200)
  })

  it('carries the memo that the offer asks for, once', async () => {
    const [payee, feePayer] = [Keypair.generate(), Keypair.generate()]
    for (const { publicKey } of [payee, feePayer]) {
      await chain.fundSol(publicKey.toBase58())
      await chain.mint(publicKey.toBase58(), 0n)
    }
    const { signal } = new AbortController()
    const { rpcUrl, usdc: asset, network } = chain
    const facilitator = new SolanaFacilitator({
      rpcUrl,
      network,
      name: 'solana',
      asset,
      payee,
      feePayer,
      receiptTimeoutMs: 1_000,
      signal
    })
    const extra = { feePayer: feePayer.publicKey.toBase58(), memo: 'invoice 7' }
    const { payTo } = facilitator
    const requirements = { scheme: 'exact', network, asset, payTo, amount: '5', extra }
    const verify = async (changes: TransactionChanges): Promise<unknown> => {
      const payload = await wallet.pay(requirements, changes)
      return facilitator.verify({ requirements, payload, dialect: 'standard' })
    }
    expect(await verify({ memo: 'invoice 7' })).toMatchObject({ ok: true })
    const refusal = { ok: false, reason: 'memo_mismatch' }
    expect(await verify({ memo: 'invoice 8' })).toMatchObject(refusal)
    expect(await verify({ memo: undefined })).toMatchObject(refusal)
    expect(await verify({ memo: 'invoice 7', more: [memo('invoice 7')] })).toMatchObject(refusal)
  })
})

const stranger = Keypair.generate()
const theft = SystemProgram.transfer({
  fromPubkey: stranger.publicKey,
  toPubkey: stranger.publicKey,
  lamports: 1
})

describe('rejects, and moves nothing', () => {
  const refusals: readonly [string, Dialect, TransactionChanges, RejectionReason][] = [
    ['Katana 37: less than the amount', 'katana', { amountAtomic: 1n }, 'value_mismatch'],
    ['more than the amount', 'standard', { amountAtomic: 10_001n }, 'value_mismatch'],
    ['Katana 38: another payee', 'katana', { payTo: stranger.publicKey }, 'recipient_mismatch'],
    [
      'another payee behind the right fee payer',
      'standard',
      { payTo: stranger.publicKey },
      'recipient_mismatch'
    ],
    ['Katana 37: another mint', 'standard', { mint: stranger.publicKey }, 'asset_mismatch'],
    ['Katana 39: another fee payer', 'katana', { feePayer: stranger.publicKey }, 'fee_payer_mismatch'],
    ['Katana 40: no signature of the owner', 'katana', { signs: false }, 'invalid_signature'],
    ['another payer than it says', 'katana', { payer: stranger.publicKey.toBase58() }, 'payer_mismatch'],
    [
      'a compute price that costs the gateway',
      'standard',
      { microLamports: 5_000_001 },
      'compute_price_too_high'
    ],
    ['no compute limit', 'standard', { without: 1 }, 'instructions_unexpected'],
    ['one instruction', 'standard', { without: 2, memo: undefined }, 'instructions_unexpected'],
    [
      'a creation, which the standard does not have',
      'standard',
      { creates: true },
      'instructions_unexpected'
    ],
    [
      'six memos',
      'standard',
      { more: [1, 2, 3, 4, 5].map((at) => memo(`${at}`)) },
      'instructions_unexpected'
    ],
    ['an instruction of somebody who has not signed', 'katana', { more: [theft] }, 'invalid_signature'],
    [
      'Katana 43: a blockhash that nobody knows',
      'katana',
      { blockhash: Keypair.generate().publicKey.toBase58() },
      'blockhash_not_found'
    ]
  ]

  it.each(refusals)('%s, %s', async (_name, dialect, changes, reason) => {
    const before = await taken()
    const response = await ask(dialect, await headerFor(dialect, changes))
    expect(response.status).toBe(402)
    expect(challengeOf(response).error).toBe(reason)
    expect(await taken()).toBe(before)
  })

  it('a transfer out of its own token account', async () => {
    const accepted = await offerOf('standard')
    const { feePayer } = accepted.extra as JsonObject
    const drain = new PublicKey(String(feePayer))
    const payload = await wallet.pay(accepted, {
      more: [SystemProgram.transfer({ fromPubkey: drain, toPubkey: wallet.keypair.publicKey, lamports: 1 })]
    })
    const response = await ask('standard', encode({ x402Version: 2, accepted, payload }))
    expect(challengeOf(response).error).toBe('instructions_unexpected')
  })

  it('a wallet that holds too little', async () => {
    const poor = await fundSolanaWallet(chain, 1n)
    const accepted = await offerOf('standard')
    const payload = await poor.pay(accepted)
    const response = await ask('standard', encode({ x402Version: 2, accepted, payload }))
    expect(challengeOf(response).error).toBe('insufficient_balance')
  })

  it('what is no transaction', async () => {
    const accepted = await offerOf('standard')
    for (const transaction of ['', 'AAAA', 'A'.repeat(2000), 7]) {
      const response = await ask('standard', encode({ x402Version: 2, accepted, payload: { transaction } }))
      expect(challengeOf(response).error).toBe('payload_malformed')
    }
  })

  it('Katana 36: a Katana payload without the payer', async () => {
    const accepted = await offerOf('katana')
    const { transaction = '' } = await wallet.pay(accepted)
    const response = await ask('katana', encode({ x402Version: 2, accepted, payload: { transaction } }))
    expect(challengeOf(response).error).toBe('payload_malformed')
  })
})

describe('a payment that comes again', () => {
  it('Katana 42, 48: is answered once more for its own request, and rejected for another', async () => {
    const header = await headerFor('standard')
    const before = await taken()
    expect((await ask('standard', header)).status).toBe(200)
    expect((await ask('standard', header)).status).toBe(200)
    const elsewhere = await fetch(`${gateway.url}/standard/v2/report?page=2`, {
      headers: { 'PAYMENT-SIGNATURE': header }
    })
    expect(challengeOf(elsewhere).error).toBe('payment_bound_to_another_request')
    expect(await taken()).toBe(before + 10_000n)
  })
})

describe('faults', () => {
  it('an answer that is lost has settled, and comes from the record the next time', async () => {
    const before = await taken()
    const header = await headerFor('standard')
    gateway.faults.next('answer-lost-after-settling')
    await expect(ask('standard', header)).rejects.toThrow()
    expect((await ask('standard', header)).status).toBe(200)
    expect(await taken()).toBe(before + 10_000n)
  })

  it('a settlement that never lands is pending under the name that it would have', async () => {
    const before = await taken()
    const header = await headerFor('standard')
    gateway.faults.next('settlement-pending', { lands: false })
    const response = await ask('standard', header)
    expect(decode(response.headers.get('PAYMENT-RESPONSE'))).toMatchObject({
      success: false,
      errorReason: 'settlement_pending',
      transaction: expect.stringMatching(/^[1-9A-HJ-NP-Za-km-z]{80,90}$/)
    })
    expect(await taken()).toBe(before)
  })

  it('Katana 43: a blockhash that expires is failed with BlockhashNotFound, and cannot be sent any more', async () => {
    const before = await taken()
    const header = await headerFor('katana')
    gateway.faults.next('blockhash-not-found')
    const response = await ask('katana', header)
    expect(decode(response.headers.get('PAYMENT-RESPONSE'))).toMatchObject({
      success: false,
      errorReason: 'blockhash_not_found'
    })
    expect(challengeOf(await ask('katana', header)).error).toBe('blockhash_not_found')
    expect(await taken()).toBe(before)
  })

  it('a payee that is not ours cannot be paid here: the fee payer would not be ours either', async () => {
    gateway.faults.next('wrong-payee')
    const accepted = await offerOf('katana')
    expect(accepted.payTo).not.toBe(gateway.payTo.solana)
    const payload = await wallet.pay(accepted, { creates: true })
    const response = await ask('katana', encode({ x402Version: 2, accepted, payload }))
    expect(challengeOf(response).error).toBe('fee_payer_unknown')
  })
})

describe('a node that cannot be asked', () => {
  it('is no verdict: 502, and nothing of the RPC address', async () => {
    const other = await startSolana({ slotTimeMs: SLOT_TIME_MS })
    await using cut = await startGateway({ solana: other })
    const payment = await headerFor('standard', {}, cut)
    await other.stop()
    const response = await ask('standard', payment, cut)
    expect(response.status).toBe(502)
    expect(await response.text()).not.toContain(other.rpcUrl)
  })
})

it('needs a chain to settle on', async () => {
  await expect(startGateway({})).rejects.toThrow(TypeError)
  expect(() => gateway.payTo.base).toThrow(TypeError)
})
