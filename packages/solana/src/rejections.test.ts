import { type Dialect, katana, x402V1, x402V2 } from '@bursar/core'
import { Keypair } from '@solana/web3.js'
import { describe, expect, it } from 'vitest'
import { FACILITATOR, type OfferChanges, offerOf, PAYEE } from '../test/offers.js'
import { accountOf, countingWallet, pay, termsOf } from '../test/paying.js'
import { startScriptedChain } from '../test/scripted-chain.js'

const keypair = Keypair.generate()
const me = keypair.publicKey.toBase58()

describe('an offer is rejected before anything is read or signed', () => {
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
    ['whose payee is nobody', 'payTo is the zero address', { payTo: '1'.repeat(32) }, x402V2],
    ['whose payee is the mint', "payTo is the token's own mint", { payTo: offerOf().asset.address }, x402V2],
    [
      'whose payee is the payer',
      'payTo is the account that pays',
      { payTo: keypair.publicKey.toBase58() },
      x402V2
    ],
    ['whose memo is no text', 'memo is not text', { extra: { feePayer: FACILITATOR, memo: 7 } }, x402V2],
    [
      'whose memo is too long',
      'longer than 256 bytes',
      { extra: { feePayer: FACILITATOR, memo: '漢'.repeat(86) } },
      x402V2
    ]
  ])('%s', async (_, reason, changes, dialect) => {
    const chain = await startScriptedChain()
    const { wallet, asked } = countingWallet(keypair)
    const payer = chain.payerOf(wallet)
    expect(await payer.rejectionReason(offerOf(changes), dialect)).toContain(reason)
    await expect(pay(payer, offerOf(changes), dialect)).rejects.toMatchObject({
      code: 'offer/none-usable',
      moneyState: 'none'
    })
    expect([chain.node.calls.length, asked()]).toEqual([0, 0])
  })

  it('that has this account pay the fee in SOL, which no limit counts', async () => {
    const chain = await startScriptedChain()
    const { wallet, asked } = countingWallet(keypair)
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
    const { wallet, asked } = countingWallet(keypair)
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

  it('whose payee has no token account, when this account would pay for it, whatever the dialect', async () => {
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

it('while the node is down nothing is signed, and the error says that no money is out', async () => {
  const chain = await startScriptedChain(() => (response) => response.writeHead(500).end())
  const { wallet, asked } = countingWallet(keypair)
  await expect(pay(chain.payerOf(wallet))).rejects.toMatchObject({
    code: 'rpc/unavailable',
    moneyState: 'none'
  })
  expect(asked()).toBe(0)
})

it('an abort ends the preparation, and nothing is signed', async () => {
  const chain = await startScriptedChain(() => () => {})
  const { wallet, asked } = countingWallet(keypair)
  const stop = new AbortController()
  const preparing = chain.payerOf(wallet).prepare(offerOf(), termsOf(x402V2, { signal: stop.signal }))
  stop.abort(new RangeError('enough'))
  await expect(preparing).rejects.toThrow('enough')
  expect(asked()).toBe(0)
})
