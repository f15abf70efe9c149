import { verifyMessage } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { describe, expect, it } from 'vitest'
import { baseOffer, x402Terms } from '../../test/base-offer.js'
import { injectedWallet, type WalletState, walletState } from '../../test/injected-wallet.js'
import { createEvmPayer } from '../index.js'
import { connectEvmWallet } from './connect-evm-wallet.js'

const [account, other] = [generatePrivateKey(), generatePrivateKey()].map((key) => privateKeyToAccount(key))
if (!account || !other) throw new TypeError('There are two')

/** A connected wallet whose user does something, and is then asked for a payment on Base. */
async function pay(change: (state: WalletState) => void, changesNetwork = true): Promise<WalletState> {
  const state = walletState([account ?? expect.unreachable()])
  const wallet = await connectEvmWallet(injectedWallet(state), { changesNetwork })
  state.questions.length = 0
  change(state)
  const payer = createEvmPayer({ account: wallet, rpcUrls: { 'eip155:8453': 'http://127.0.0.1:1' } })
  const prepared = await payer.prepare(baseOffer(), x402Terms)
  expect((await prepared.sign()).payer).toBe(account?.address)
  return state
}

describe('P38: a wallet of a page', () => {
  it('signs a payment on the chain that it is on, and is asked for the signature alone', async () => {
    expect((await pay(() => {})).questions).toEqual(['eth_signTypedData_v4'])
  })

  it('is asked to change its chain first, where it is on another', async () => {
    const state = await pay((wallet) => {
      wallet.chainId = 1
    })
    expect(state.questions).toEqual(['wallet_switchEthereumChain', 'eth_signTypedData_v4'])
    expect(state.chainId).toBe(8453)
  })

  it.each<[string, string, string, (state: WalletState) => void]>([
    [
      'its user declines',
      'declined',
      'User denied',
      ({ reactions }) => {
        reactions.eth_signTypedData_v4 = 'declines'
      }
    ],
    [
      'its user does not change the chain',
      'declined',
      'User denied',
      (state) => {
        state.chainId = 1
        state.reactions.wallet_switchEthereumChain = 'declines'
      }
    ],
    [
      'it does not know the chain',
      'wrong-network',
      'on chain 1, and the payment is on chain 8453 (Unrecognized',
      (state) => {
        state.chainId = 1
        state.chains.length = 1
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
      `it shares ${other.address.toLowerCase()}`,
      (state) => {
        state.shared = [other]
      }
    ]
  ])('signs nothing when %s, and the error says which it was', async (_, problem, reason, change) => {
    await expect(pay(change)).rejects.toMatchObject({
      code: 'signer/failed',
      moneyState: 'none',
      context: { problem, reason: expect.stringContaining(reason) }
    })
  })

  it('is not asked to change its chain where the page wants it so', async () => {
    const change = (state: WalletState): void => {
      state.chainId = 1
      state.reactions.wallet_switchEthereumChain = 'never answers'
    }
    await expect(pay(change, false)).rejects.toMatchObject({ context: { problem: 'wrong-network' } })
  })

  it('is asked for no signature where its network was changed after the caller had given up', async () => {
    const state = walletState([account])
    const wallet = await connectEvmWallet(injectedWallet(state), { address: account.address })
    Object.assign(state, { chainId: 1 })
    state.reactions.wallet_switchEthereumChain = 'approves later'
    const payer = createEvmPayer({ account: wallet, rpcUrls: { 'eip155:8453': 'http://127.0.0.1:1' } })
    const prepared = await payer.prepare(baseOffer(), x402Terms)
    const caller = new AbortController()
    const signing = prepared.sign(caller.signal)
    await expect.poll(() => state.later.length).toBe(1)
    caller.abort()
    state.later[0]?.()
    await expect(signing).rejects.toMatchObject({ code: 'signer/failed', moneyState: 'none' })
    expect([state.chainId, state.questions]).toEqual([8453, ['wallet_switchEthereumChain']])
  })

  it('that signs with another account is found out', async () => {
    const change = (state: WalletState): void => {
      state.signsAs = other
    }
    await expect(pay(change)).rejects.toMatchObject({ code: 'signer/failed', moneyState: 'none' })
  })

  it('that stays on its chain, although it says that it changed, is not asked to sign', async () => {
    const state = walletState([account])
    const provider = injectedWallet(state)
    const wallet = await connectEvmWallet({
      request: async (call) => (call.method === 'wallet_switchEthereumChain' ? null : provider.request(call))
    })
    state.chainId = 1
    const payer = createEvmPayer({ account: wallet, rpcUrls: { 'eip155:8453': 'http://127.0.0.1:1' } })
    const prepared = await payer.prepare(baseOffer(), x402Terms)
    await expect(prepared.sign()).rejects.toMatchObject({ context: { problem: 'wrong-network' } })
    expect(state.questions).toEqual(['eth_requestAccounts'])
  })

  it('signs texts', async () => {
    const { address, signMessage } = await connectEvmWallet(injectedWallet(walletState([account])))
    const signature = await signMessage({ message: 'Grüße' })
    expect(await verifyMessage({ address, message: 'Grüße', signature })).toBe(true)
  })
})

describe('P38: a wallet that is connected', () => {
  it('is not asked for an account that is named', async () => {
    const state = walletState([account, other])
    const wallet = await connectEvmWallet(injectedWallet(state), { address: other.address })
    expect([wallet.address, state.questions]).toEqual([other.address, []])
  })

  it.each<[string, string | undefined, (state: WalletState) => void]>([
    [
      'whose user declines',
      'declined',
      ({ reactions }) => {
        reactions.eth_requestAccounts = 'declines'
      }
    ],
    [
      'whose user shares no account',
      'not-connected',
      (state) => {
        state.shared = []
      }
    ]
  ])('%s is told from one that breaks', async (_, problem, change) => {
    const state = walletState([account])
    change(state)
    await expect(connectEvmWallet(injectedWallet(state))).rejects.toMatchObject({
      code: 'signer/failed',
      moneyState: 'none',
      context: { network: 'eip155', problem }
    })
  })

  it('is waited for until the caller gives up', async () => {
    const state = walletState([account])
    state.reactions.eth_requestAccounts = 'never answers'
    const controller = new AbortController()
    const connected = connectEvmWallet(injectedWallet(state), { signal: controller.signal })
    controller.abort(new Error('enough'))
    await expect(connected).rejects.toThrow('enough')
  })
})
