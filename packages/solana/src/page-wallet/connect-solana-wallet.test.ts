import { katana } from '@bursar/core'
import { verifyAsync } from '@noble/ed25519'
import { describe, expect, it } from 'vitest'
import { offerOf } from '../../test/offers.js'
import { keptAccount, type PageWalletState, pageWallet, pageWalletState } from '../../test/page-wallet.js'
import { startScriptedChain } from '../../test/scripted-chain.js'
import { connectSolanaWallet } from './connect-solana-wallet.js'

const [account, other] = await Promise.all([71, 72].map((byte) => keptAccount(new Uint8Array(32).fill(byte))))
if (!account || !other) throw new TypeError('There are two')

/** A connected wallet whose user does something, and is then asked for a payment. */
async function pay(change: (state: PageWalletState) => void): Promise<PageWalletState> {
  const state = pageWalletState([account ?? expect.unreachable()])
  const wallet = await connectSolanaWallet(pageWallet(state))
  state.questions.length = 0
  change(state)
  const payer = (await startScriptedChain()).payerOf(wallet)
  const prepared = await payer.prepare(offerOf(), { dialect: katana, maxValiditySeconds: 300 })
  expect((await prepared.sign()).payer).toBe(account?.address)
  return state
}

describe('P38: a wallet of the Wallet Standard', () => {
  it('signs a payment, and is asked for the signature alone', async () => {
    expect((await pay(() => {})).questions).toEqual(['solana:signTransaction'])
  })

  it.each<[string, string | undefined, string, (state: PageWalletState) => void]>([
    [
      'its user declines',
      'declined',
      'User rejected',
      ({ reactions }) => {
        reactions['solana:signTransaction'] = 'declines'
      }
    ],
    [
      'it is locked',
      'not-connected',
      'it is locked',
      (state) => {
        state.isLocked = true
      }
    ],
    [
      'its user shares another account now',
      'not-connected',
      `it shares ${other.address}`,
      (state) => {
        state.kept = [other]
      }
    ],
    [
      'it signs with another account',
      undefined,
      'not by its address',
      (state) => {
        state.signsAs = other
      }
    ]
  ])('pays nothing when %s, and the error says which it was', async (_, problem, reason, change) => {
    const error = await pay(change).catch((failure: unknown) => failure)
    expect(error).toMatchObject({
      code: 'signer/failed',
      moneyState: 'none',
      context: { reason: expect.stringContaining(reason) }
    })
    expect(Object(error).context.problem).toBe(problem)
  })

  it('signs texts', async () => {
    const wallet = await connectSolanaWallet(pageWallet(pageWalletState([account])))
    const text = new TextEncoder().encode('Grüße')
    const signature = (await wallet.signMessage?.(text)) ?? new Uint8Array()
    expect(await verifyAsync(signature, text, account.publicKey)).toBe(true)
  })

  it('that signs no texts has no function for it, and pays', async () => {
    const wallet = pageWallet(pageWalletState([account]))
    const { 'solana:signMessage': _, ...features } = wallet.features
    const connected = await connectSolanaWallet({ name: 'Payments', accounts: [account], features })
    expect(Object.keys(connected)).toEqual(['address', 'publicKey', 'signTransaction'])
  })
})

describe('P38: a wallet of the Wallet Standard is not connected', () => {
  const features = pageWallet(pageWalletState([account])).features
  it.each<[string, string | undefined, (state: PageWalletState) => object]>([
    [
      'when its user declines',
      'declined',
      ({ reactions }) => {
        reactions['standard:connect'] = 'declines'
        return {}
      }
    ],
    [
      'when it shares no account',
      'not-connected',
      (state) => {
        state.kept = []
        return {}
      }
    ],
    [
      'when it has none on the network',
      'wrong-network',
      () => ({ accounts: [{ ...account, chains: ['solana:devnet'] }] })
    ],
    ['when it signs no transactions of Solana', undefined, () => ({ features: {} })],
    [
      'when it signs old transactions alone',
      undefined,
      () => ({
        features: {
          ...features,
          'solana:signTransaction': { signTransaction: () => {}, supportedTransactionVersions: ['legacy'] }
        }
      })
    ]
  ])('%s', async (_, problem, change) => {
    const state = pageWalletState([account])
    const changes = change(state)
    const { name, features: own } = pageWallet(state)
    const wallet = { name, accounts: state.kept, features: own, ...changes }
    const error = await connectSolanaWallet(wallet).catch((failure: unknown) => failure)
    expect(error).toMatchObject({ code: 'signer/failed', moneyState: 'none', context: { network: 'solana' } })
    expect(Object(error).context.problem).toBe(problem)
  })

  it('when the caller gives up', async () => {
    const state = pageWalletState([account])
    state.reactions['standard:connect'] = 'never answers'
    const signal = AbortSignal.abort(new Error('enough'))
    await expect(connectSolanaWallet(pageWallet(state), { signal })).rejects.toThrow('enough')
    expect(state.questions).toEqual([])
  })
})
