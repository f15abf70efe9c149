import type { AtomicUsdc } from '../amount/atomic.js'
import type { Offer } from '../challenge/offer.js'
import type { MoneyState } from '../error/bursar-error.js'
import type { NetworkFamily, NetworkId } from '../network/network.js'
import type { AccountMeter } from './account-meter.js'
import type { Auditor } from './auditor.js'
import type { BalanceWatch } from './balance-watch.js'
import type { Clock, RandomBytes } from './clock.js'
import type { Ledger } from './ledger.js'
import type { MessageSigner } from './message-signer.js'
import type { Payer } from './payer.js'
import type { Purchase } from './purchase.js'
import type { Budget } from './reservation.js'

/**
 * The property under which a bursar keeps its parts. The same in every copy of the package, so that copies work
 * together.
 */
export const bursarParts: unique symbol = Symbol.for('bursar.parts')

/** The prefix of Bursar's own purchase names, which callers cannot use. */
export const RESERVED_NAMES = 'bursar:'

/** The label that marks top-ups of balances. Its value is the service's origin. */
export const TOP_UP_LABEL = 'top-up'

/** A service's options for one payment. */
export interface ServicePayment {
  /** The purchase's name, which may be one of {@link RESERVED_NAMES}. */
  readonly purchase?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly prefer?: readonly NetworkId[]
  /** Says why an offer is not to be paid. */
  readonly rejectionReason?: (offer: Offer) => string | undefined
  /** Budgets that the payment must fit besides the bursar's limits, checked in the same transaction. */
  readonly topUpRoom?: readonly Budget[]
}

/**
 * The parts of a bursar that this repository's services and audit use beyond its public functions. Not a public
 * interface.
 */
export interface BursarParts {
  readonly ledger: Ledger
  readonly clock: Clock
  readonly random: RandomBytes
  /** The networks whose balances and payments are looked at: by default Base and Solana's mainnet. */
  readonly networks: readonly NetworkId[]
  /** Finds the payer of a family of chains, loaded when first needed. */
  readonly payerOf: (family: string) => Promise<Payer | undefined>
  /** Finds the auditor of a family of chains, loaded when first needed. */
  readonly auditorOf: (family: string) => Promise<Auditor | undefined>
  /** Finds the signer of texts for a family. `undefined`: there is no account, or it signs payments only. */
  readonly signerOf: (family: NetworkFamily) => MessageSigner | undefined
  /** Creates the meter that enters the bills of API keys in the ledger, under the bursar's limits. */
  readonly createAccountMeter: () => AccountMeter
  /** Makes what enters the charges of a prepaid balance in the ledger, under the limits of their labels. */
  readonly createBalanceMeter: (network: NetworkId) => AccountMeter
  /** `bursar.fetch`, for payments of a service's own such as top-ups. */
  readonly pay: (url: string, init: RequestInit & { readonly bursar?: ServicePayment }) => Promise<Response>
  /** Asks the chain about an open purchase, and records the outcome. */
  readonly resolve: (purchase: Purchase) => Promise<Purchase>
  /**
   * How long after its reservation a settled payment without an answer is resumed by an equal call, unless its call was
   * longer than the authorization lives. One that is unresolved is resumed however long ago it was reserved.
   */
  readonly resumableMs: number
  /** Notices balances that fall too low. Absent: the user named no amount. */
  readonly balanceWatch?: BalanceWatch | undefined
  /**
   * Attaches the receipt of a payment to an answer that was made of the one that it paid for.
   *
   * @param resumed whether an earlier call has paid it.
   */
  readonly attachReceipt: (answer: Response, payment: Purchase, resumed: boolean) => Response
  /** The most that one payment to a host may cost. */
  readonly maxPayment: (host: string) => AtomicUsdc
}

/** Anything that has a bursar's parts, such as what `createBursar` returns. */
export interface HasBursarParts {
  /** A function, so that printing a bursar shows nothing of its parts. */
  readonly [bursarParts]: () => BursarParts
}

/** The parts of a bursar. @throws {TypeError} when it is none. */
export function partsOf<Parts>(bursar: { readonly [bursarParts]: () => Parts }): Parts {
  const parts: unknown = bursar?.[bursarParts]
  if (typeof parts !== 'function') throw new TypeError('This takes a bursar, as createBursar returns it')
  return bursar[bursarParts]()
}

/** A bursar as services take it. What `createBursar` returns is one. */
export interface ServiceBursar extends HasBursarParts {
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>
  receiptOf(response: Response): ServiceReceipt | undefined
}

/** What a service needs of a receipt. */
export interface ServiceReceipt {
  readonly purchase: string
  readonly moneyState: MoneyState
  /** Decimal USDC. */
  readonly amount: string
  readonly network: NetworkId
  readonly asset: string
  readonly transaction?: string | undefined
}
