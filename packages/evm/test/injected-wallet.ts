/** A wallet as an extension puts it into a page: it answers as MetaMask does, and refuses in its codes and words. */
import type { EvmProvider } from '@bursar/evm'
import type { PrivateKeyAccount } from 'viem/accounts'

/** What the wallet's user does about a question. */
type Reaction = 'approves' | 'declines' | 'never answers' | 'approves later'

/** What a wallet is and does. Tests change it between calls, as its user would. */
export interface WalletState {
  chainId: number
  /** Chains that it knows. */
  readonly chains: number[]
  isLocked: boolean
  /** Shared with the page, the selected one first. */
  shared: readonly PrivateKeyAccount[]
  /** By method. Default: approves. */
  readonly reactions: Record<string, Reaction>
  /** The account that signs, whatever it is asked for. */
  signsAs?: PrivateKeyAccount | undefined
  /** The methods that its user was asked about. */
  readonly questions: string[]
  /** What the user has not approved yet, and does when these are called. */
  readonly later: (() => void)[]
}

/** A new wallet on Base, which shares the accounts. */
export function walletState(shared: readonly PrivateKeyAccount[]): WalletState {
  return {
    chainId: 8453,
    chains: [1, 8453],
    isLocked: false,
    shared,
    reactions: {},
    questions: [],
    later: []
  }
}

type Params = readonly unknown[]

/** The provider that a page finds. */
export function injectedWallet(state: WalletState): EvmProvider {
  const methods: Record<string, (params: Params) => unknown> = {
    eth_accounts: () => addressesOf(state),
    eth_chainId: () => `0x${state.chainId.toString(16)}`,
    async eth_requestAccounts() {
      await ask(state, 'eth_requestAccounts')
      return addressesOf(state)
    },
    wallet_switchEthereumChain: ([target]) => change(state, Number(Object(target).chainId)),
    eth_signTypedData_v4: ([address, text]) => signData(state, String(address), JSON.parse(String(text))),
    async personal_sign([message, address]) {
      const account = accountOf(state, String(address))
      await ask(state, 'personal_sign')
      return account.signMessage({ message: { raw: `0x${String(message).slice(2)}` } })
    }
  }
  return {
    async request({ method, params }) {
      const answer = methods[method]
      if (!answer) throw failure(4200, `The method "${method}" does not exist`)
      return answer(Array.isArray(params) ? params : [])
    }
  }
}

function addressesOf({ isLocked, shared }: WalletState): string[] {
  return isLocked ? [] : shared.map(({ address }) => address.toLowerCase())
}

async function ask({ questions, reactions, later }: WalletState, method: string): Promise<void> {
  questions.push(method)
  const reaction = reactions[method] ?? 'approves'
  if (reaction === 'never answers') await new Promise(() => {})
  if (reaction === 'approves later') await new Promise<void>((approve) => later.push(approve))
  if (reaction === 'declines') throw failure(4001, 'MetaMask: User denied the request.')
}

async function change(state: WalletState, chainId: number): Promise<null> {
  if (!state.chains.includes(chainId)) throw failure(4902, 'Unrecognized chain ID.')
  await ask(state, 'wallet_switchEthereumChain')
  state.chainId = chainId
  return null
}

async function signData(
  state: WalletState,
  address: string,
  data: Parameters<PrivateKeyAccount['signTypedData']>[0]
): Promise<string> {
  const account = accountOf(state, address)
  const { chainId } = Object(data).domain
  if (chainId !== state.chainId)
    throw failure(-32603, `Provided chainId "${chainId}" must match the active chainId "${state.chainId}"`)
  await ask(state, 'eth_signTypedData_v4')
  return (state.signsAs ?? account).signTypedData(data)
}

function accountOf({ isLocked, shared }: WalletState, address: string): PrivateKeyAccount {
  const account = shared.find((own) => own.address.toLowerCase() === address.toLowerCase())
  if (account && !isLocked) return account
  throw failure(4100, 'The requested account and/or method has not been authorized by the user.')
}

function failure(code: number, message: string): Error {
  return Object.assign(new Error(message), { code })
}
