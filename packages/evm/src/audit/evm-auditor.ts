import {
  type Auditor,
  BursarError,
  bursarErrorOf,
  type ClockOptions,
  checkOptions,
  checkRates,
  countDebit,
  formatDecimal,
  gasCoinOf,
  type NetworkId,
  type OptionChecks,
  optionsOf,
  type RateOptions,
  type Registry,
  type RegistryOptions,
  registryChecks,
  type SignedPayment,
  systemClock,
  unchecked
} from '@bursar/core'
import { createRegistry, networkName } from '@bursar/core/registry'
import type { LocalAccount } from 'viem'
import type { EvmAuthorizer } from '../account/authorizer.js'
import { createAuthorizer } from '../account/create-authorizer.js'
import type { EvmAccount } from '../account/evm-account.js'
import { sendingAccountOf } from '../account/sending-account.js'
import { readAddress } from '../address/address.js'
import type { TokenDomain } from '../payment/authorization.js'
import { createEvmReader, type EvmReader } from '../rpc/chain-reader.js'
import { createContractWallets } from '../rpc/contract-wallets.js'
import { type EvmReaderOptions, evmReaderChecks } from '../rpc/reader-options.js'
import {
  type Cancellation,
  type CancellationParts,
  cancelAuthorization,
  cancelPermit2,
  type MissingGas
} from './cancel-authorization.js'
import { confirmTransfer } from './confirm-transfer.js'
import { readDebits } from './read-debits.js'
import { readTokenDomain } from './read-token-domain.js'
import { signCancellation } from './sign-cancellation.js'

/** What an EVM auditor is made from. Only `account` is required. */
export interface EvmAuditorOptions
  extends Omit<EvmReaderOptions, 'clock'>,
    ClockOptions,
    RegistryOptions,
    RateOptions {
  /**
   * The account whose payments are read, and which signs a cancellation: a private key as hex, or a viem account.
   *
   * @example { account: process.env.EVM_PRIVATE_KEY ?? '' }
   */
  readonly account: EvmAccount
  /**
   * The account that pays for the transaction of a cancellation: a private key as hex, or a viem account. Default: `account`,
   * which cannot send one where it is a contract or only signs data.
   *
   * @example { gasAccount: process.env.GAS_PRIVATE_KEY }
   */
  readonly gasAccount?: EvmAccount | undefined
}

const evmAuditorChecks: OptionChecks<EvmAuditorOptions> = {
  ...evmReaderChecks,
  account: unchecked,
  gasAccount: unchecked,
  known: optionsOf(registryChecks),
  rates: checkRates
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
  const { account, known, rates, clock = systemClock } = options
  const registry = createRegistry(known, rates)
  const reader = createEvmReader({ ...options, clock })
  const authorizer = createAuthorizer(account, async () =>
    createContractWallets(reader, { ...options, clock })
  )
  return {
    family: 'eip155',
    confirm: (claim, signal) =>
      reader.read(claim.network, (client) => confirmTransfer(client, claim), {
        signal,
        moneyState: 'unknown'
      }),
    async readDebits(network, fromMs, signal) {
      registry.requireDefaultAsset(network)
      const tokens = registry.pricedAssets(network).map(({ address }) => readAddress(address))
      const query = { network, tokens, owner: await authorizer.address(), fromMs }
      const debits = await reader.read(network, (client) => readDebits(client, query), { signal })
      return debits.map((debit) => countDebit(registry, debit))
    },
    async cancel(payment, signal) {
      const { network, reference } = payment
      const preparation = { options, registry, authorizer, reader }
      const { sender, cancelIt } = await prepareCancellation(preparation, payment)
      signal?.throwIfAborted()
      const cancellation = await reader.read(network, (client) => cancelIt({ client, account: sender }), {
        signal,
        moneyState: 'sent'
      })
      signal?.throwIfAborted()
      if ('transaction' in cancellation) return cancellation.transaction
      const { missing, cause } = cancellation
      const reason = missing
        ? gasReason(network, sender, missing)
        : 'the network did not take the transaction'
      throw notCancellable(reference, reason, cause)
    }
  }
}

function gasReason(network: NetworkId, { address }: LocalAccount, { held, needed }: MissingGas): string {
  const { symbol, decimals } = gasCoinOf(network)
  const [has, needs] = [held, needed].map((wei) => `${formatDecimal(wei, decimals)} ${symbol}`)
  return `${address} has ${has} on ${networkName(network)}, and up to ${needs} is needed there for gas`
}

/** What a cancellation is prepared with. */
interface PreparationParts {
  readonly options: EvmAuditorOptions
  readonly registry: Registry
  readonly authorizer: EvmAuthorizer
  readonly reader: EvmReader
}

/** A cancellation that is signed, and the account that sends it. */
interface PreparedCancellation {
  readonly sender: LocalAccount
  readonly cancelIt: (parts: CancellationParts) => Promise<Cancellation>
}

/**
 * Prepares how a payment is cancelled: at Permit2, which takes that from the payer itself alone, or at its token. The wallet
 * signs once, whatever becomes of the transaction.
 *
 * @throws {BursarError} `purchase/not-cancellable`
 */
async function prepareCancellation(
  parts: PreparationParts,
  payment: SignedPayment
): Promise<PreparedCancellation> {
  const { account, gasAccount } = parts.options
  const { asset, reference, payload } = payment
  const isPermit2 = 'permit2Authorization' in payload
  const sender = sendingAccountOf(isPermit2 ? account : (gasAccount ?? account))
  if (!sender) throw notCancellable(reference, 'the account only signs data, and cannot send a transaction')
  if (isPermit2) return { sender, cancelIt: (at) => cancelPermit2(at, payment) }
  const to = readAddress(asset)
  const domain = await tokenDomainOf(parts, payment)
  const signing = signCancellation({ authorizer: parts.authorizer, domain, nonce: reference })
  const data = await signing.catch((cause: unknown) => {
    const reason = bursarErrorOf(cause, 'signer/failed')?.context.reason ?? 'the account did not sign that'
    throw notCancellable(reference, reason, cause)
  })
  if (!data) throw notCancellable(reference, 'a wallet that is not deployed cannot cancel; it dies by itself')
  return { sender, cancelIt: (at) => cancelAuthorization(at, { to, data }) }
}

/** @throws {BursarError} `purchase/not-cancellable` when the token does not say in which domain it takes signatures. */
async function tokenDomainOf(
  { registry, reader }: PreparationParts,
  { network, asset, reference }: SignedPayment
): Promise<TokenDomain> {
  const token = { network, asset, known: registry.asset(network, asset)?.domain }
  const reading = reader.read(network, (client) => readTokenDomain(client, token), { moneyState: 'sent' })
  const domain = await reading.catch((cause: unknown) => {
    throw notCancellable(reference, 'its token does not say in which domain it takes signatures', cause)
  })
  if (domain) return domain
  throw notCancellable(reference, 'the signing domain of its asset is not known')
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
