import type { AtomicUsdc } from '../amount/atomic.js'
import type { Offer } from '../challenge/offer.js'
import type { MoneyState } from '../error/bursar-error.js'
import type { NetworkFamily, NetworkId } from '../network/network.js'
import type { AccountMeter } from './account-meter.js'
import type { Auditor } from './auditor.js'
import type { Clock, RandomBytes } from './clock.js'
import type { Ledger } from './ledger.js'
import type { MessageSigner } from './message-signer.js'
import type { Payer } from './payer.js'
import type { Purchase } from './purchase.js'
import type { Budget } from './reservation.js'

/** The property under which a bursar keeps its parts. Equal in every install, so that packages of two installs work together. */
export const bursarParts: unique symbol = Symbol.for('bursar.parts')

/** Names of purchases that begin so are Bursar's own: no caller can give one. */
export const RESERVED_NAMES = 'bursar:'

/** The label by which top-ups of balances are told from other purchases. Its value is the service's origin. */
export const TOP_UP_LABEL = 'top-up'

/** What a service says of one payment of its own. */
export interface ServicePayment {
  /** The purchase's name, which may be one of {@link RESERVED_NAMES}. */
  readonly purchase?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly prefer?: readonly NetworkId[]
  /** Says why an offer is not to be paid. */
  readonly rejectionReason?: (offer: Offer) => string | undefined
  /** Budgets that the payment must fit besides the bursar's limits, checked against it in the same step. */
  readonly topUpRoom?: readonly Budget[]
}

/** What the services and the audit of this repository need of a bursar beyond its verbs. No promise to anybody else. */
export interface BursarParts {
  readonly ledger: Ledger
  readonly clock: Clock
  readonly random: RandomBytes
  /** The main network of each account: Base, Solana's mainnet. */
  readonly networks: readonly NetworkId[]
  /** Who pays on a family of chains, loaded when it is first asked for. */
  readonly payerOf: (family: string) => Promise<Payer | undefined>
  /** Who reads the past of a family of chains, loaded when it is first asked for. */
  readonly auditorOf: (family: string) => Promise<Auditor | undefined>
  /** Who signs texts with the account of a family. Absent: there is no account, or it signs payments only. */
  readonly signerOf: (family: NetworkFamily) => MessageSigner | undefined
  /** Makes what enters the bills of API keys in the ledger, under the bursar's limits. */
  readonly createAccountMeter: () => AccountMeter
  /** Makes what enters the charges of a prepaid balance in the ledger, under the limits of their labels. */
  readonly createBalanceMeter: (network: NetworkId) => AccountMeter
  /** `bursar.fetch`, for payments of a service's own such as top-ups. */
  readonly pay: (url: string, init: RequestInit & { readonly bursar?: ServicePayment }) => Promise<Response>
  /** Asks the chain what became of a purchase that is out, and writes it down. */
  readonly resolve: (purchase: Purchase) => Promise<Purchase>
  /** The most that one payment to a host may cost. */
  readonly maxPayment: (host: string) => AtomicUsdc
}

/** Whatever has parts: what `createBursar` returns. */
export interface HasBursarParts {
  /** A function, so that anyone who prints a bursar prints nothing of it. */
  readonly [bursarParts]: () => BursarParts
}

/** What a service is made over: what `createBursar` returns is one. */
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
