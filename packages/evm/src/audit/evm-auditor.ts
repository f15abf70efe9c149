import {
  type Auditor,
  BursarError,
  createRegistry,
  type NetworkId,
  type RegistryAdditions
} from '@bursar/core'
import type { Address, EvmAccount } from '../account/evm-account.js'
import type { TokenDomain } from '../authorization.js'
import { chainIdOf } from '../domain.js'
import { createChainReader, type RpcUrls } from '../rpc/chain-reader.js'
import type { Questions } from '../rpc/questions.js'
import { addressOf, sendingAccount } from './account.js'
import { cancelAuthorization } from './cancel-authorization.js'
import { confirmTransfer } from './confirm-transfer.js'
import { readDebits } from './read-debits.js'

/** What an EVM auditor is made from. */
export interface EvmAuditorOptions {
  readonly account: EvmAccount
  readonly rpcUrls?: RpcUrls | undefined
  /** For each endpoint. Default 10_000. */
  readonly rpcTimeoutMs?: number
  /** Assets beyond Circle's USDC. */
  readonly known?: RegistryAdditions | undefined
}

/**
 * Looks at what an account has paid on EVM networks, and cancels what it has signed.
 *
 * @throws {TypeError} when the account is malformed. The message never shows a key.
 */
export function evmAuditor({
  account,
  rpcUrls = {},
  rpcTimeoutMs = 10_000,
  known
}: EvmAuditorOptions): Auditor {
  const registry = createRegistry(known)
  const reader = createChainReader(rpcUrls, rpcTimeoutMs)
  const sender = sendingAccount(account)
  const owner = addressOf(account)
  const domainOf = (network: NetworkId, asset: string): TokenDomain | undefined => {
    const domain = registry.asset(network, asset)?.domain
    return domain && { ...domain, chainId: chainIdOf(network), verifyingContract: asset as Address }
  }
  return {
    family: 'eip155',
    confirm: (claim, signal) =>
      reader.read(claim.network, ({ client }) => confirmTransfer(client, claim), signal),
    async debits(network, fromMs, signal) {
      const token = registry.defaultAsset(network)?.address as Address | undefined
      if (!token) throw new TypeError(`No asset is known on ${network}`)
      return reader.read(
        network,
        ({ client }) => readDebits(client, { network, token, owner, fromMs }),
        signal
      )
    },
    async cancel(payment) {
      const domain = domainOf(payment.network, payment.asset)
      if (!domain) throw refused(payment.reference, 'the signing domain of its asset is not known')
      if (!sender)
        throw refused(payment.reference, 'the account signs data only, and cannot send a transaction')
      const cancel = ({ client }: Questions) => cancelAuthorization(client, sender, domain, payment)
      const cancellation = await reader.read(payment.network, cancel)
      if ('transaction' in cancellation) return cancellation.transaction
      throw refused(payment.reference, 'the network did not take the transaction', cancellation.refusal)
    }
  }
}

function refused(purchase: string, reason: string, cause?: unknown): BursarError<'purchase/not-cancellable'> {
  return new BursarError('purchase/not-cancellable', {
    message: `The authorization cannot be cancelled: ${reason}. It can still settle.`,
    context: { purchase, reason },
    moneyState: 'sent',
    cause
  })
}
