import type { JsonObject } from '@bursar/core'
import { Connection, Keypair, PublicKey, SystemProgram } from '@solana/web3.js'
import { describe, expect, it } from 'vitest'
import { startGateway } from '../../start-gateway.js'
import { challengeOf, decode, encode } from '../../testing/payer.js'
import { fundSolanaWallet, memo, type TransactionChanges } from '../../testing/solana-payer.js'
import { ask, type Dialect, headerFor, offerOf, useSolanaStack } from '../../testing/solana-stack.js'
import type { RejectionReason } from '../rejection-reasons.js'
import { SolanaFacilitator } from './solana-facilitator.js'

const stack = useSolanaStack()

describe('an honest payment', () => {
  it.each(['standard', 'katana'] as const)('settles on the chain, %s', async (dialect) => {
    const before = await stack.taken()
    const { amount } = await offerOf(stack.gateway, dialect)
    const response = await ask(stack.gateway, dialect, await headerFor(stack, dialect))
    expect(response.status).toBe(200)
    const receipt = decode(response.headers.get('PAYMENT-RESPONSE'))
    expect(receipt).toMatchObject({ success: true, payer: stack.wallet.address, amount })
    const landed = await new Connection(stack.chain.rpcUrl, 'confirmed').getTransaction(
      String(receipt.transaction),
      {
        maxSupportedTransactionVersion: 0
      }
    )
    expect(landed?.meta?.err).toBeNull()
    expect(await stack.taken()).toBe(before + BigInt(String(amount)))
  })

  it('Katana 41: may create the payee’s token account at the payee’s cost', async () => {
    await using bare = await startGateway({ solana: { ...stack.chain, tokenAccount: 'missing' } })
    const header = await headerFor({ gateway: bare, wallet: stack.wallet }, 'katana', { creates: true })
    expect((await ask(bare, 'katana', header)).status).toBe(200)
    expect(await stack.chain.balanceOf(bare.payTo.solana)).toBeGreaterThan(0n)
  })

  it('may carry no memo where the offer asks for none', async () => {
    expect(
      (await ask(stack.gateway, 'standard', await headerFor(stack, 'standard', { memo: undefined }))).status
    ).toBe(200)
  })

  it('carries the memo that the offer asks for, once', async () => {
    const [payee, feePayer] = [Keypair.generate(), Keypair.generate()]
    for (const { publicKey } of [payee, feePayer]) {
      await stack.chain.fundSol(publicKey.toBase58())
      await stack.chain.mint(publicKey.toBase58(), 0n)
    }
    const { signal } = new AbortController()
    const { rpcUrl, usdc: asset, network } = stack.chain
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
      const payload = await stack.wallet.pay(requirements, changes)
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
    const before = await stack.taken()
    const response = await ask(stack.gateway, dialect, await headerFor(stack, dialect, changes))
    expect(response.status).toBe(402)
    expect(challengeOf(response).error).toBe(reason)
    expect(await stack.taken()).toBe(before)
  })

  it('a transfer out of its own token account', async () => {
    const accepted = await offerOf(stack.gateway, 'standard')
    const { feePayer } = accepted.extra as JsonObject
    const drain = new PublicKey(String(feePayer))
    const payload = await stack.wallet.pay(accepted, {
      more: [
        SystemProgram.transfer({ fromPubkey: drain, toPubkey: stack.wallet.keypair.publicKey, lamports: 1 })
      ]
    })
    const response = await ask(stack.gateway, 'standard', encode({ x402Version: 2, accepted, payload }))
    expect(challengeOf(response).error).toBe('instructions_unexpected')
  })

  it('a wallet that holds too little', async () => {
    const poor = await fundSolanaWallet(stack.chain, 1n)
    const accepted = await offerOf(stack.gateway, 'standard')
    const payload = await poor.pay(accepted)
    const response = await ask(stack.gateway, 'standard', encode({ x402Version: 2, accepted, payload }))
    expect(challengeOf(response).error).toBe('insufficient_balance')
  })

  it('what is no transaction', async () => {
    const accepted = await offerOf(stack.gateway, 'standard')
    for (const transaction of ['', 'AAAA', 'A'.repeat(2000), 7]) {
      const response = await ask(
        stack.gateway,
        'standard',
        encode({ x402Version: 2, accepted, payload: { transaction } })
      )
      expect(challengeOf(response).error).toBe('payload_malformed')
    }
  })

  it('Katana 36: a Katana payload without the payer', async () => {
    const accepted = await offerOf(stack.gateway, 'katana')
    const { transaction = '' } = await stack.wallet.pay(accepted)
    const response = await ask(
      stack.gateway,
      'katana',
      encode({ x402Version: 2, accepted, payload: { transaction } })
    )
    expect(challengeOf(response).error).toBe('payload_malformed')
  })
})

describe('a payment that comes again', () => {
  it('Katana 42, 48: is answered once more for its own request, and rejected for another', async () => {
    const header = await headerFor(stack, 'standard')
    const before = await stack.taken()
    expect((await ask(stack.gateway, 'standard', header)).status).toBe(200)
    expect((await ask(stack.gateway, 'standard', header)).status).toBe(200)
    const elsewhere = await fetch(`${stack.gateway.url}/standard/v2/report?page=2`, {
      headers: { 'PAYMENT-SIGNATURE': header }
    })
    expect(challengeOf(elsewhere).error).toBe('payment_bound_to_another_request')
    expect(await stack.taken()).toBe(before + 10_000n)
  })
})

it('needs a chain to settle on', async () => {
  await expect(startGateway({})).rejects.toThrow(TypeError)
  expect(() => stack.gateway.payTo.base).toThrow(TypeError)
})
