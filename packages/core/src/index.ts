export type { AtomicUsdc, UsdcAmount } from './amount/atomic.js'
export { atomicUsdc, formatDecimal, formatUsdc, parseDecimal, parseUsdc } from './amount/atomic.js'
export type { Challenge, Offer } from './challenge/challenge.js'
export { parseChallenge, parseChallengeBody, parseChallengeHeader } from './challenge/parse-challenge.js'
export type { Dialect } from './dialect/dialect.js'
export { katana } from './dialect/katana.js'
export { x402V1 } from './dialect/x402-v1.js'
export { x402V2 } from './dialect/x402-v2.js'
export type { BursarErrorDetails, MoneyState } from './error/bursar-error.js'
export { BursarError, isBursarError } from './error/bursar-error.js'
export type {
  AssetContext,
  ErrorCode,
  ErrorContexts,
  ItemFailure,
  OfferRejection,
  PaymentContext,
  RequestViolation,
  ServiceContext
} from './error/error-codes.js'
export type { ReducedCause } from './error/reduce-cause.js'
export { circleAssets, circleNetworks, testNetworks } from './network/circle-usdc.js'
export type { Asset, Network, NetworkFamily, NetworkId } from './network/network.js'
export { BASE, BASE_SEPOLIA, SOLANA_DEVNET, SOLANA_MAINNET } from './network/network.js'
export type { Registry, RegistryAdditions } from './network/registry.js'
export { createRegistry } from './network/registry.js'
export type { AccountCall, AccountDesk, OpenAccountCall } from './ports/account-desk.js'
export { ACCOUNT } from './ports/account-desk.js'
export type { Auditor, Debit, SettlementClaim, SettlementFinding } from './ports/auditor.js'
export type { BursarParts, HasBursarParts } from './ports/bursar-parts.js'
export { bursarParts } from './ports/bursar-parts.js'
export type { Clock, RandomBytes } from './ports/clock.js'
export { systemClock, systemRandom } from './ports/clock.js'
export type {
  Budget,
  BudgetRefusal,
  CallState,
  ClaimQuery,
  HistoryQuery,
  Ledger,
  PaymentHeader,
  Purchase,
  PurchaseAuthorization,
  PurchaseEvent,
  PurchaseOffer,
  PurchaseState,
  Reservation,
  SignedEvent
} from './ports/ledger.js'
export type { MessageSigner } from './ports/message-signer.js'
export { nameTaken } from './ports/name-taken.js'
export { overLimit } from './ports/over-limit.js'
export type { Payer, PaymentFate, PaymentTerms, PreparedPayment, SignedPayment } from './ports/payer.js'
export { decodeHeader, encodeHeader, MAX_HEADER_BYTES, tooLarge } from './wire/header-codec.js'
export type { JsonObject, JsonValue } from './wire/json.js'
export { isJsonObject } from './wire/json.js'
export type { Settlement } from './wire/settlement.js'
export { decodeSettlement } from './wire/settlement.js'
export { shortText } from './wire/short-text.js'
