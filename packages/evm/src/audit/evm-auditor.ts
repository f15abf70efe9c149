import {
  type Auditor,
  BursarError,
  type ClockOptions,
  checkOptions,
  type OptionChecks,
  optionsOf,
  type Registry,
  type RegistryOptions,
  registryChecks,
  type SignedPayment,
  systemClock,
  unchecked
} from '@bursar/core'
import { createRegistry } from '@bursar/core/registry'
import type { EvmAccount } from '../account/evm-account.js'
import { addressReaderOf, sendingAccountOf } from '../account/sending-account.js'
import { readAddress } from '../address/address.js'
import { chainIdOf } from '../payment/token-domain.js'
import { createEvmReader } from '../rpc/chain-reader.js'
import { type EvmReaderOptions, evmReaderChecks } from '../rpc/reader-options.js'
import {
  type Cancellation,
  type CancellationParts,
  cancelAuthorization,
  cancelPermit2
} from './cancel-authorization.js'
import { confirmTransfer } from './confirm-transfer.js'
import { readDebits } from './read-debits.js'

/** What an EVM auditor is made from. Only `account` is required. */
export interface EvmAuditorOptions extends Omit<EvmReaderOptions, 'clock'>, ClockOptions, RegistryOptions {
  /**
   * The account whose payments are read, and which signs a cancellation: a private key as hex, or a viem account.
   *
   * @example { account: process.env.EVM_PRIVATE_KEY }
   */
  readonly account: EvmAccount
}

const evmAuditorChecks: OptionChecks<EvmAuditorOptions> = {
  ...evmReaderChecks,
  account: unchecked,
  known: optionsOf(registryChecks)
}

/**
 * Reads what an account has paid on EVM networks, and cancels what it has signed.
 *
 * @example
 * ```ts
 * const auditor = createEvmAuditor({ account: process.env.EVM_PRIVATE_KEY ?? '' })
 * const debits = await auditor.readDebits('eip155:8453', Date.now() - 86_400_000)
 * ```
 * @throws {TypeError} when an option is unknown or malformed. The message shows neither a key nor a URL.
 */
export function createEvmAuditor(options: EvmAuditorOptions): Auditor {
  checkOptions(options, evmAuditorChecks)
  const { account, known, clock = systemClock } = options
  const registry = createRegistry(known)
  const reader = createEvmReader({ ...options, clock })
  const [sender, ownerOf] = [sendingAccountOf(account), addressReaderOf(account)]
  return {
    family: 'eip155',
    confirm: (claim, signal) =>
      reader.read(claim.network, (client) => confirmTransfer(client, claim), {
        signal,
        moneyState: 'unknown'
      }),
    async readDebits(network, fromMs, signal) {
      const token = readAddress(registry.requireDefaultAsset(network).address)
      const query = { network, token, owner: await ownerOf(), fromMs }
      return reader.read(network, (client) => readDebits(client, query), { signal })
    },
    async cancel(payment, signal) {
      const { network, reference } = payment
      const cancelIt = cancellationOf(registry, payment)
      if (!sender)
        throw notCancellable(reference, 'the account only signs data, and cannot send a transaction')
      const cancellation = await reader.read(network, (client) => cancelIt({ client, account: sender }), {
        signal,
        moneyState: 'sent'
      })
      signal?.throwIfAborted()
      if ('transaction' in cancellation) return cancellation.transaction
      const reason = cancellation.hasGas
        ? 'the network did not take the transaction'
        : `${sender.address} has no ETH on ${network} to pay for gas`
      throw notCancellable(reference, reason, cancellation.cause)
    }
  }
}

/** How a payment is cancelled: at Permit2, or at its token. @throws {BursarError} `purchase/not-cancellable` */
function cancellationOf(
  registry: Registry,
  payment: SignedPayment
): (parts: CancellationParts) => Promise<Cancellation> {
  const { network, asset, reference, payload } = payment
  if ('permit2Authorization' in payload) return (parts) => cancelPermit2(parts, payment)
  const named = registry.asset(network, asset)?.domain
  if (!named) throw notCancellable(reference, 'the signing domain of its asset is not known')
  const domain = { ...named, chainId: chainIdOf(network), verifyingContract: readAddress(asset) }
  return (parts) => cancelAuthorization({ ...parts, domain, nonce: reference })
}

function notCancellable(
  purchase: string,
  reason: string,
  cause?: unknown
): BursarError<'purchase/not-cancellable'> {
  return new BursarError('purchase/not-cancellable', {
    message: `The authorization cannot be cancelled: ${reason}. It can still settle.`,
    context: { purchase, reason },
    moneyState: 'sent',
    cause
  })
}
