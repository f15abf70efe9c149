import { checkFlag, checkOptions, type OptionChecks, unchecked } from '@bursar/core'
import { connecting, walletError } from '@bursar/core/page-wallet'
import type { TypedDataSigner } from '../account/evm-account.js'
import { type Address, type Hex, isAddress, isSameHex } from '../address/address.js'
import { toHex } from '../address/hex.js'
import type { EvmProvider } from '../rpc/evm-transport.js'
import { moveToChain } from './move-to-chain.js'

/** How a wallet in a page is connected. Nothing is required. */
export interface ConnectEvmOptions {
  /**
   * Which of its accounts pays. Default: that of the client, where `provider` is one of viem or wagmi; else the first that the
   * wallet's user shares with the page, for which the wallet asks where none is shared yet.
   *
   * @example { address: '0x857b06519E91e3A54538791bDbb0E22373e36b66' }
   */
  readonly address?: Address | undefined
  /**
   * Whether the wallet is asked to change to the network of a payment, where it is on another. Default: `true`; with
   * `false` such a payment is not signed.
   *
   * @example { changesNetwork: false }
   */
  readonly changesNetwork?: boolean | undefined
  /**
   * Ends the wait for the wallet's user. Default: it is waited for as long as it takes.
   *
   * @example { signal: AbortSignal.timeout(60_000) }
   */
  readonly signal?: AbortSignal | undefined
}

const connectChecks: OptionChecks<ConnectEvmOptions> = {
  address: unchecked,
  changesNetwork: checkFlag,
  signal: unchecked
}

/** A wallet of a page, on one account: `evm` of `createBursar`. */
export interface ConnectedEvmWallet extends TypedDataSigner {
  signMessage(parameters: { readonly message: string }): Promise<Hex>
}

/** A client of viem or wagmi names the account that it signs for. */
interface EvmClient extends EvmProvider {
  readonly account?: { readonly address: Address } | undefined
}

/**
 * Connects a wallet that a page finds: `window.ethereum`, one that {@link findEvmWallets} found, or a client of wagmi or viem.
 * Before each signature the wallet is asked whether it still shares the account, and which network it is on.
 *
 * @example
 * ```ts
 * const bursar = createBursar({ evm: await connectEvmWallet(window.ethereum), limits: { payment: '0.25' } })
 * ```
 * @throws {BursarError} `signer/failed`: the wallet's user declined, or shares no account. Its `context.problem` says which.
 * @throws the signal's reason.
 * @see EIP-1193
 */
export async function connectEvmWallet(
  provider: EvmClient,
  options: ConnectEvmOptions = {}
): Promise<ConnectedEvmWallet> {
  checkOptions(options, connectChecks)
  const { changesNetwork = true, signal } = options
  const address =
    options.address ??
    provider.account?.address ??
    (await connecting({ network: 'eip155', signal }, () => requestAccount(provider)))
  return Object.freeze<ConnectedEvmWallet>({
    address,
    async signTypedData(data, { signal } = {}) {
      await assertShared(provider, address)
      await moveToChain(provider, data.domain.chainId, changesNetwork)
      // Its user may have changed the network long after the caller gave up.
      signal?.throwIfAborted()
      return signatureOf(
        provider.request({ method: 'eth_signTypedData_v4', params: [address, JSON.stringify(data)] })
      )
    },
    async signMessage({ message }) {
      await assertShared(provider, address)
      return signatureOf(provider.request({ method: 'personal_sign', params: [hexOf(message), address] }))
    }
  })
}

async function requestAccount(provider: EvmProvider): Promise<Address> {
  const [address] = addressesIn(await provider.request({ method: 'eth_requestAccounts' }))
  if (address !== undefined) return address
  throw walletError('not-connected', 'it shares no account with this page')
}

/** A wallet that is locked shares no account, and its user may share another than before. */
async function assertShared(provider: EvmProvider, address: Address): Promise<void> {
  const shared = addressesIn(await provider.request({ method: 'eth_accounts' }))
  if (shared.some((other) => isSameHex(other, address))) return
  const [other] = shared
  throw walletError(
    'not-connected',
    other === undefined
      ? `it is locked, or shares ${address} with this page no longer; connect it again`
      : `it shares ${other} with this page and no longer ${address}; connect it again`
  )
}

function addressesIn(answer: unknown): Address[] {
  return Array.isArray(answer) ? answer.filter(isAddress) : []
}

/** What a wallet returns is checked by the payer, which takes anything. */
async function signatureOf(answer: Promise<unknown>): Promise<Hex> {
  const signature = await answer
  if (typeof signature === 'string' && /^0x[0-9a-fA-F]*$/.test(signature)) return `0x${signature.slice(2)}`
  throw new TypeError('it returned no signature')
}

function hexOf(text: string): Hex {
  return toHex(new TextEncoder().encode(text))
}
