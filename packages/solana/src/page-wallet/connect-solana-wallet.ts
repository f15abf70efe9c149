import { checkOptions, type OptionChecks, unchecked } from '@bursar/core'
import { connecting, walletError } from '@bursar/core/page-wallet'
import type { SolanaWallet } from '../account/solana-account.js'
import {
  bytesIn,
  featureOf,
  type StandardAccount,
  type StandardWallet,
  signsVersion0
} from './standard-wallet.js'

/** How a wallet of the Wallet Standard is connected. Nothing is required. */
export interface ConnectSolanaOptions {
  /**
   * Which of its accounts pays, in base58. Default: the first that its user shares with the page.
   *
   * @example { address: 'BUGuuhPsHpk8YZrL2GctsCtXGneL1gmT5zYb7eMHZDWf' }
   */
  readonly address?: string | undefined
  /**
   * The network that it is told. Wallets show their users what a transaction does there. Default: `'solana:mainnet'`.
   *
   * @example { chain: 'solana:devnet' }
   */
  readonly chain?: `solana:${string}` | undefined
  /**
   * Ends the wait for the wallet's user. Default: it is waited for as long as it takes.
   *
   * @example { signal: AbortSignal.timeout(60_000) }
   */
  readonly signal?: AbortSignal | undefined
}

const connectChecks: OptionChecks<ConnectSolanaOptions> = {
  address: unchecked,
  chain: unchecked,
  signal: unchecked
}

/** A wallet of a page, on one account: `solana` of `createBursar`. */
export interface ConnectedSolanaWallet extends SolanaWallet {
  /** Base58. */
  readonly address: string
  /** Absent where the wallet signs no texts. */
  readonly signMessage?: (message: Uint8Array) => Promise<Uint8Array>
}

/**
 * Connects a wallet of the Wallet Standard, such as `getWallets()` of `@wallet-standard/app` gives. Before each signature
 * it is asked whether it still shares the account.
 *
 * @example
 * ```ts
 * import { getWallets } from '@wallet-standard/app'
 *
 * const wallet = getWallets().get().find(({ features }) => 'solana:signTransaction' in features)
 * const solana = wallet && (await connectSolanaWallet(wallet))
 * const bursar = createBursar({ solana, limits: { payment: '0.25' } })
 * ```
 * @throws {BursarError} `signer/failed`: the wallet's user declined, or shares no account. Its `context.problem` says which.
 * @throws the signal's reason.
 */
export async function connectSolanaWallet(
  wallet: StandardWallet,
  options: ConnectSolanaOptions = {}
): Promise<ConnectedSolanaWallet> {
  checkOptions(options, connectChecks)
  const { chain = 'solana:mainnet', signal } = options
  const { address, publicKey } = await connecting({ network: 'solana', signal }, async () => {
    assertSigns(wallet)
    await featureOf(wallet, 'standard:connect')?.()
    return accountFor(wallet, { chain, address: options.address })
  })
  const bytes = Uint8Array.from(publicKey)
  const signMessage = featureOf(wallet, 'solana:signMessage')
  const shared = (): StandardAccount => sharedAccount(wallet, address)
  return Object.freeze<ConnectedSolanaWallet>({
    address,
    publicKey: { toBytes: () => bytes.slice() },
    async signTransaction(transaction) {
      const input = { account: shared(), chain, transaction: transaction.serialize() }
      const signed = bytesIn(await featureOf(wallet, 'solana:signTransaction')?.(input), 'signedTransaction')
      return { serialize: () => signed }
    },
    ...(signMessage && {
      signMessage: async (message: Uint8Array) =>
        bytesIn(await signMessage({ account: shared(), message }), 'signature')
    })
  })
}

function assertSigns(wallet: StandardWallet): void {
  if (!featureOf(wallet, 'solana:signTransaction')) throw new TypeError('it signs no transactions of Solana')
  if (!signsVersion0(wallet)) throw new TypeError('it signs no transactions of version 0, which payments are')
}

/** Which account is looked for. */
interface AccountQuery {
  readonly chain: string
  readonly address: string | undefined
}

function accountFor({ accounts }: StandardWallet, { chain, address }: AccountQuery): StandardAccount {
  const shared = accounts.filter((account) => address === undefined || account.address === address)
  const account = shared.find(({ chains }) => chains.includes(chain))
  if (account) return account
  if (shared.length > 0) throw walletError('wrong-network', `it has no account on ${chain}`)
  throw walletError(
    'not-connected',
    `it shares ${address === undefined ? 'no account' : `no account ${address}`} with this page`
  )
}

/** The wallet's own object for an account, which changes when its user shares others. */
function sharedAccount({ accounts }: StandardWallet, address: string): StandardAccount {
  const account = accounts.find((shared) => shared.address === address)
  if (account) return account
  const [other] = accounts
  throw walletError(
    'not-connected',
    other === undefined
      ? `it is locked, or shares ${address} with this page no longer; connect it again`
      : `it shares ${other.address} with this page and no longer ${address}; connect it again`
  )
}
