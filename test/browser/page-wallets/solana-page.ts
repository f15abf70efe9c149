/** A page that buys a report with a wallet of the Wallet Standard: what runs in the browser. */
import { getWallets } from '@wallet-standard/app'
import { registerWallet } from '@wallet-standard/wallet'
import { createBursar } from 'bursar'
import { connectSolanaWallet } from 'bursar/wallets'
import {
  type KeptAccount,
  keptAccount,
  type PageWalletState,
  pageWallet,
  pageWalletState
} from '../../../packages/solana/test/page-wallet.js'
import { type Attempt, attempt } from './attempt.js'

/** What a wallet's user does between the connection and the payment. */
const users = {
  signs: () => {},
  declines: ({ reactions }: PageWalletState) => {
    reactions['solana:signTransaction'] = 'declines'
  },
  'locks the wallet': (state: PageWalletState) => {
    state.isLocked = true
  },
  'shares another account': (state: PageWalletState, other: KeptAccount) => {
    state.kept = [other]
  },
  'signs with another account': (state: PageWalletState, other: KeptAccount) => {
    state.signsAs = other
  },
  'never answers': ({ reactions }: PageWalletState) => {
    reactions['solana:signTransaction'] = 'never answers'
  }
} as const

/** What one visit of the page is about. */
export interface SolanaVisit {
  /** 32 bytes. */
  readonly seed: readonly number[]
  readonly url: string
  readonly rpcUrl: string
  readonly user: keyof typeof users
  /** What the wallet makes of the transaction. The test does it, in `changeMessage`. */
  readonly change?: string
  /** When the page gives up. Default: it does not. */
  readonly patienceMs?: number
}

/** What the test sets. */
type Changes = typeof globalThis & {
  readonly changeMessage: (change: string, message: number[]) => Promise<number[]>
}

async function buy({ seed, rpcUrl, user, change, ...call }: SolanaVisit): Promise<Attempt> {
  const [own, other] = [
    await keptAccount(Uint8Array.from(seed)),
    await keptAccount(new Uint8Array(32).fill(7))
  ]
  const state = pageWalletState([own])
  registerWallet(pageWallet(state))
  const wallet = getWallets()
    .get()
    .find(({ features }) => 'solana:signTransaction' in features)
  if (!wallet) throw new TypeError('The wallet is not registered')
  const solana = await connectSolanaWallet(wallet)
  state.questions.length = 0
  users[user](state, other)
  if (change !== undefined) {
    const { changeMessage } = globalThis as Changes
    state.change = async (message) => Uint8Array.from(await changeMessage(change, [...message]))
  }
  const bursar = createBursar({
    solana,
    limits: { payment: '0.25' },
    ledger: 'memory',
    rpcUrls: { 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp': rpcUrl }
  })
  return attempt(bursar, { ...call, questions: state.questions })
}

Object.assign(globalThis, { buy })

export type SolanaPage = typeof globalThis & { readonly buy: typeof buy }
