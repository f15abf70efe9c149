/** A page that buys a report with a wallet of EIP-1193: what runs in the browser. */
import { connect, createConfig, custom, getConnectorClient, getWalletClient, injected } from '@wagmi/core'
import { base } from '@wagmi/core/chains'
import { createBursar, type EvmWallet } from 'bursar'
import { connectEvmWallet, type EvmProvider, findEvmWallets } from 'bursar/wallets'
import { privateKeyToAccount } from 'viem/accounts'
import { injectedWallet, type WalletState, walletState } from '../../../packages/evm/test/injected-wallet.js'
import { type Attempt, attempt } from './attempt.js'

/** What a wallet's user does between the connection and the payment. */
export const evmUsers = {
  signs: () => {},
  declines: ({ reactions }: WalletState) => {
    reactions.eth_signTypedData_v4 = 'declines'
  },
  'is on another network': (state: WalletState) => {
    state.chainId = 1
  },
  'is on another network and stays': (state: WalletState) => {
    state.chainId = 1
    state.reactions.wallet_switchEthereumChain = 'declines'
  },
  'has a wallet that does not know the network': (state: WalletState) => {
    state.chainId = 1
    state.chains.length = 1
  },
  'locks the wallet': (state: WalletState) => {
    state.isLocked = true
  },
  'shares another account': (state: WalletState) => {
    state.shared = state.shared.slice(1)
  },
  'signs with another account': (state: WalletState) => {
    state.signsAs = state.shared[1]
  },
  'changes the network a while after the page gave up': (state: WalletState) => {
    state.chainId = 1
    state.reactions.wallet_switchEthereumChain = 'approves later'
    setTimeout(() => state.later[0]?.(), 6_000)
  },
  'never answers': ({ reactions }: WalletState) => {
    reactions.eth_signTypedData_v4 = 'never answers'
  }
} as const

/** How the page comes by the wallet. */
const found = {
  'window.ethereum': async (provider: EvmProvider) => {
    Reflect.set(window, 'ethereum', provider)
    return connectEvmWallet(Reflect.get(window, 'ethereum'))
  },
  'EIP-6963': async (provider: EvmProvider) => {
    const info = { uuid: crypto.randomUUID(), name: 'A wallet', icon: 'data:,', rdns: 'org.example' }
    const announce = (): unknown =>
      dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail: { info, provider } }))
    addEventListener('eip6963:requestProvider', announce)
    const wallet = await new Promise<EvmProvider>((resolve) => {
      findEvmWallets((announced) => resolve(announced.provider))
    })
    return connectEvmWallet(wallet)
  },
  'wagmi, connected by bursar': async (provider: EvmProvider) =>
    connectEvmWallet(await getConnectorClient(await wagmi(provider))),
  "wagmi's wallet client": async (provider: EvmProvider): Promise<EvmWallet> =>
    getWalletClient(await wagmi(provider))
} as const

/** wagmi, connected to the wallet. */
async function wagmi(provider: EvmProvider) {
  const listening = { ...provider, on: () => {}, removeListener: () => {} }
  const connector = injected({ target: { id: 'wallet', name: 'A wallet', provider: listening as never } })
  const config = createConfig({ chains: [base], transports: { [base.id]: custom(listening) } })
  await connect(config, { connector })
  return config
}

/** What one visit of the page is about. */
export interface EvmVisit {
  readonly keys: readonly `0x${string}`[]
  readonly url: string
  readonly rpcUrl: string
  readonly by: keyof typeof found
  readonly user: keyof typeof evmUsers
  /** When the page gives up. Default: it does not. */
  readonly patienceMs?: number
  /** How long it stays then, to see what its user is asked. Default: not at all. */
  readonly staysMs?: number
}

async function buy(visit: EvmVisit): Promise<Attempt> {
  const state = walletState(visit.keys.map((key) => privateKeyToAccount(key)))
  const evm = await found[visit.by](injectedWallet(state))
  state.questions.length = 0
  evmUsers[visit.user](state)
  const bursar = createBursar({
    evm,
    limits: { payment: '0.25' },
    ledger: 'memory',
    rpcUrls: { 'eip155:8453': visit.rpcUrl }
  })
  return attempt(bursar, { ...visit, questions: state.questions })
}

Object.assign(globalThis, { buy })

export type EvmPage = typeof globalThis & { readonly buy: typeof buy }
