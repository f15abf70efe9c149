import type { NetworkId } from '../network/network.js'
import type { WalletProblem } from '../wallet-problem.js'
import type {
  AssetErrorContext,
  ItemFailure,
  OfferRejection,
  PaymentErrorContext,
  RequestViolation,
  ServiceErrorContext
} from './error-contexts.js'

/** Context of each error code. Codes are only ever added. */
export interface ErrorContexts {
  /** A decimal amount that is not one. */
  'amount/malformed': { readonly text: string; readonly reason: string }
  /** A payment header that cannot be decoded. */
  'header/malformed': { readonly header: string; readonly reason: string }
  /** A payment header or 402 body larger than the bound. */
  'header/too-large': { readonly header: string; readonly limitBytes: number }
  /** A 402 that carries no x402 challenge. */
  'challenge/malformed': { readonly reason: string }
  /** No offer can be paid with what was configured. */
  'offer/none-usable': { readonly offers: readonly OfferRejection[] }
  /** A signing domain that contradicts the registry. */
  'offer/domain-mismatch': { readonly network: string; readonly asset: string; readonly reason: string }
  /** The account holds less than the offer asks for. */
  'offer/unfunded': {
    readonly network: string
    readonly asset: string
    readonly account: string
    /** Decimal, in the asset's own unit. */
    readonly held: string
    readonly amount: string
    readonly symbol: string
  }
  /** Solana: the payee has no account for the token, and the server lets nobody create one. */
  'offer/recipient-account-missing': {
    readonly network: string
    readonly asset: string
    readonly payTo: string
    /** The associated token account that does not exist. */
    readonly account: string
  }
  /** Above a limit. */
  'offer/over-limit': {
    readonly limit: string
    readonly allowed: string
    readonly requested: string
    readonly used: string
  }
  /** The caller's `confirm` said no. */
  'offer/declined': { readonly amount: string; readonly payTo: string; readonly network: string }
  /** A payee outside the allowed list, or another than the one that the host was paid at before (`payees: 'pin'`). */
  'offer/payee-refused': { readonly payTo: string; readonly host: string; readonly network: string }
  /** A host outside the allowed list. */
  'request/host-refused': { readonly host: string }
  /** A redirect changed what would be paid: another method, or another origin that is not in the allowed list. */
  'request/redirected': {
    /** HTTP status of the last redirect. */
    readonly status: number
    /** Method, origin and path of the caller's request. */
    readonly from: string
    /** Method, origin and path of the request that asks to be paid. */
    readonly to: string
  }
  /** Plain http to another machine. */
  'request/insecure': { readonly host: string }
  /** A streamed body beyond the bound. */
  'request/body-too-large': { readonly limitBytes: number }
  /** The network failed before anything was paid. */
  'request/unreachable': { readonly host: string }
  /** A time limit before payment ran out. */
  'request/timeout': { readonly timeoutMs: number; readonly host: string }
  /** The ledger could not be read or written. */
  'ledger/unavailable': { readonly reason: string }
  /** A purchase is not in the state that the step needs. */
  'ledger/conflict': { readonly purchase: string; readonly state: string; readonly event: string }
  /** Somebody has frozen the ledger: nothing is paid until it is thawed. */
  'ledger/frozen': { readonly reason: string }
  /** The caller's name belongs to a purchase of something else. */
  'purchase/name-taken': { readonly name: string; readonly purchase: string }
  /** The purchase of this name, or of an equal call, is on its way in another call. */
  'purchase/in-progress': { readonly name?: string | undefined; readonly purchase: string }
  /** The purchase of this name, or of an equal call, was paid for and answered before; this is its receipt. */
  'purchase/already-settled': {
    readonly name?: string | undefined
    readonly purchase: string
    /** Decimal, in the asset's own unit. */
    readonly amount: string
    readonly network: NetworkId
    readonly transaction?: string | undefined
  }
  /** The purchase's authorization cannot be made void. */
  'purchase/not-cancellable': { readonly purchase: string; readonly reason: string }
  /** The chain says otherwise than the server's receipt. */
  'receipt/contradicted': PaymentErrorContext
  /** A prepaid balance does not suffice, and was not topped up, or not far enough. The call was not charged. */
  'balance/insufficient': {
    readonly service: string
    readonly origin: string
    readonly network: NetworkId
    readonly reason: string
    /** Decimal USDC, when the service says. */
    readonly missing?: string
  }
  /** A top-up was paid for and is not on the balance. */
  'balance/credit-delayed': {
    readonly service: string
    readonly origin: string
    readonly wallet: string
    /** Decimal USDC. */
    readonly amount: string
    readonly reason: string
  }
  /** No RPC endpoint answered. */
  'rpc/unavailable': {
    readonly network: string
    readonly endpoints: number
    /** For each endpoint its host, and what it did instead. */
    readonly reasons: readonly string[]
  }
  /** The wallet refused to sign, or signed something else. */
  'signer/failed': {
    readonly network: string
    readonly reason: string
    /** Absent: the wallet did not say it by a code. */
    readonly problem?: WalletProblem | undefined
  }
  /** The server answered the payment with 402, 409 or 412. */
  'payment/refused': PaymentErrorContext
  /** The server answered 5xx to the payment. */
  'payment/failed': PaymentErrorContext
  /** The server answered the payment with a redirect, which was not followed. */
  'payment/redirected': PaymentErrorContext
  /** The answer is lost, and the payment can still settle. */
  'payment/outcome-unknown': PaymentErrorContext
  /** The payment settled, and the answer is lost. */
  'payment/settled-answer-lost': PaymentErrorContext
  /** The authorization died unused: nothing was taken. */
  'payment/expired': PaymentErrorContext
  /** The caller aborted after the payment was signed; `moneyState` says whether it was sent. */
  'payment/aborted': PaymentErrorContext
  /** A generation request that its service would reject. */
  'request/invalid': { readonly violations: readonly RequestViolation[] }
  /** The price of a model is unknown, so that no limit could hold. */
  'price/unknown': { readonly service: string; readonly model: string }
  /** The service answered with an error. */
  'service/refused': ServiceErrorContext
  /** The service did not answer. */
  'service/unreachable': ServiceErrorContext
  /** The service answered with something that is not of the documented shape. */
  'service/answer-malformed': ServiceErrorContext
  /** The job was taken, and its id could not be handed over. */
  'job/unrecorded': { readonly requestId: string }
  /** The job is not done within the caller's time limit. */
  'job/timeout': { readonly requestId: string; readonly status: string; readonly timeoutMs: number }
  /** Every item of the job failed. */
  'job/failed': { readonly requestId: string; readonly items: readonly ItemFailure[] }
  /** Every item of the job was rejected, before any of it was begun. */
  'job/rejected': { readonly requestId: string; readonly items: readonly ItemFailure[] }
  /** The service keeps the asset no longer. */
  'asset/expired': AssetErrorContext
  /** The asset cannot be fetched. */
  'asset/unavailable': AssetErrorContext
  /** What was fetched is not what was announced. */
  'asset/mismatch': AssetErrorContext
  /** The asset's URL is not https. */
  'asset/insecure': AssetErrorContext
  /** There is a file of that name already. */
  'asset/exists': AssetErrorContext & { readonly path: string }
  /** A wallet proof was asked for an origin that it was not made for. */
  'proof/wrong-origin': { readonly origin: string; readonly requested: string }
  /** A wallet proof is too old to be sent. */
  'proof/expired': { readonly origin: string; readonly expiresAtSeconds: number }
  /** A request to sign in that is not the origin's own, is malformed or over, or names no known chain. */
  'proof/challenge-refused': { readonly origin: string; readonly reason: string }
  /** A server that asks for a sign-in instead of money did not take it, or none could be made. */
  'proof/refused': { readonly origin: string; readonly status: number; readonly reason: string }
  /** There is no wallet of this name, or it has no key for the chain. */
  'key/not-found': { readonly wallet: string; readonly chain?: string }
  /** The wallet has a key for the chain already. */
  'key/exists': { readonly wallet: string; readonly chain: string }
  /** A key file that cannot be read. */
  'key/damaged': { readonly path: string; readonly reason: string }
  /** The passphrase does not open the key file, or the file is damaged. */
  'key/passphrase-wrong': { readonly path: string }
  /** The wallet has an address and no key. */
  'key/watch-only': { readonly path: string }
  /** A chain of the local stack does not start, or does not do what it is there for. */
  'chain/unavailable': { readonly chain: 'base' | 'solana'; readonly reason: string }
  /** No token is known on a network whose balance or payments are to be read. */
  'asset/unknown': { readonly network: string }
  /** The file of what may be paid cannot be read, or does not hold what it may: nothing is paid. */
  'policy/unreadable': { readonly path: string; readonly reason: string }
  /** A local server cannot listen on its port. */
  'server/port-unavailable': { readonly port: number; readonly reason: string }
}

/** `area/problem`. */
export type ErrorCode = keyof ErrorContexts
