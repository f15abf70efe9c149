export type { AbandonedStep } from './abortable.js'
export { abortable } from './abortable.js'
export type { AtomicUsdc, UsdcAmount } from './amount/atomic.js'
export {
  atomicUsdc,
  formatDecimal,
  formatUsdc,
  parseDecimal,
  parseUsdc,
  usdcOfToken
} from './amount/atomic.js'
export { hasRisen } from './amount/has-risen.js'
export type { OwnAmount } from './amount/own-amount.js'
export { amountWords, ownAmountOf } from './amount/own-amount.js'
export type { Challenge } from './challenge/challenge.js'
export { countDebit } from './challenge/count-debit.js'
export type { Offer } from './challenge/offer.js'
export { paidWith } from './challenge/paid-token.js'
export { paymentIdentifierOf, withPaymentIdentifier } from './challenge/payment-identifier.js'
export { isPermit2Offer } from './challenge/permit2-offer.js'
export type { AnswerCost, CostSource, Spending } from './cost/cost-tally.js'
export { CostTally, costHeaders, spendingOf } from './cost/cost-tally.js'
export type { ChallengeEcho, Dialect } from './dialect/dialect.js'
export { katana } from './dialect/katana.js'
export type { PaidFor } from './dialect/paid-for.js'
export { paidFor } from './dialect/paid-for.js'
export { x402V1 } from './dialect/x402-v1.js'
export { x402V2 } from './dialect/x402-v2.js'
export { eitherSignal } from './either-signal.js'
export type { BursarErrorDetails, MoneyState } from './error/bursar-error.js'
export { BursarError } from './error/bursar-error.js'
export { bursarErrorOf, isBursarError } from './error/bursar-error-of.js'
export { BUY_ANEW } from './error/buy-anew.js'
export type { ErrorCode, ErrorContexts } from './error/error-codes.js'
export type {
  AssetErrorContext,
  ItemFailure,
  OfferRejection,
  PaymentErrorContext,
  RequestViolation,
  ServiceErrorContext
} from './error/error-contexts.js'
export type { ApiStatuses, ReportedFailure } from './error/http-status.js'
export {
  httpStatusOf,
  isFreeToRepeat,
  messagesStatuses,
  PAID_FAILURE,
  reportedStatus,
  responsesStatuses,
  UNKNOWN_FAILURE
} from './error/http-status.js'
export { inProgressError } from './error/in-progress-error.js'
export { isError } from './error/is-error.js'
export { nameTakenError } from './error/name-taken-error.js'
export { isNeverSent, systemCodeOf } from './error/never-sent.js'
export { overLimitError } from './error/over-limit-error.js'
export type { ReducedCause } from './error/reduce-cause.js'
export { reservationError } from './error/reservation-error.js'
export { retryAfterOf, retryHeaders } from './error/retry-headers.js'
export type { AccountCall, AccountMeter, Bill, OpenAccountCall } from './interfaces/account-meter.js'
export { ACCOUNT, balanceNetwork, toppedUpFrom } from './interfaces/account-meter.js'
export type { Auditor, Debit, SettlementClaim, SettlementFinding } from './interfaces/auditor.js'
export type { Authorizer } from './interfaces/authorizer.js'
export type { BalanceWatch, SpentFromBalance, WatchedBalance } from './interfaces/balance-watch.js'
export type {
  BursarParts,
  HasBursarParts,
  ServiceBursar,
  ServicePayment,
  ServiceReceipt
} from './interfaces/bursar-parts.js'
export {
  bursarParts,
  partsOf,
  RESERVED_NAMES,
  TOP_UP_LABEL
} from './interfaces/bursar-parts.js'
export type { Clock, ClockOptions, RandomBytes, RandomOptions } from './interfaces/clock.js'
export { systemClock, systemRandom } from './interfaces/clock.js'
export type { PurchaseEvidence } from './interfaces/evidence.js'
export { historyChecks } from './interfaces/history-checks.js'
export { lazyLedger } from './interfaces/lazy-ledger.js'
export type {
  BuyerQuery,
  HistoryQuery,
  Job,
  JobNote,
  JobQuery,
  Ledger,
  LedgerCallOptions,
  LedgerStatus,
  PricedPlace,
  PurchaseQuery,
  ReserveOptions,
  SummedQuery
} from './interfaces/ledger.js'
export { readLedgerTime } from './interfaces/ledger-time.js'
export type { MessageSigner } from './interfaces/message-signer.js'
export type {
  BalanceReader,
  Payer,
  PaymentTerms,
  PreparedPayment,
  SettlementReader,
  SettlementStatus,
  SignedPayment
} from './interfaces/payer.js'
export type { HasPrepaidAccount, PrepaidAccount } from './interfaces/prepaid-account.js'
export type {
  ProofHeader,
  ProofProvider,
  SignInProofProvider,
  SignInRequest,
  WalletProof
} from './interfaces/proof-provider.js'
export type {
  AccountOffer,
  AccountPurchase,
  BalanceOffer,
  BalancePurchase,
  CallState,
  DeadPayment,
  DebitPurchase,
  OutstandingPayment,
  PaidToken,
  PaymentOffer,
  PaymentPurchase,
  Purchase,
  PurchaseAuthorization,
  PurchaseOffer,
  PurchaseState,
  SettledPayment,
  TokenCounts,
  UnsignedPurchase
} from './interfaces/purchase.js'
export type { PurchaseEvent, PurchaseEventType, SignedEvent } from './interfaces/purchase-event.js'
export {
  authorizationOf,
  bytesOf,
  evidenceOf,
  settledAtMsOf,
  tokensOf,
  transactionOf
} from './interfaces/purchase-parts.js'
export type {
  AccountReservation,
  BalanceReservation,
  Budget,
  BudgetUsage,
  PaymentReservation,
  Reservation,
  ReservationGuards,
  ReservationRejection,
  ReservationTerms
} from './interfaces/reservation.js'
export type {
  ResumablePayment,
  ResumeLook,
  ResumeQuery,
  Resumption,
  SeenEqualCalls,
  SeenSession
} from './interfaces/resumption.js'
export { settledEvent } from './interfaces/settled-event.js'
export type { PaymentHeader } from './interfaces/signed-bytes.js'
export { SignedBytes } from './interfaces/signed-bytes.js'
export type { SignedSweep, Sweeper, SweepOutcome, SweepPlan, SweepRequest } from './interfaces/sweeper.js'
export { type LoadOnce, loadOnce } from './load-once.js'
export { loggable } from './loggable.js'
export type { GasCoin } from './network/gas-coin.js'
export { gasCoinOf } from './network/gas-coin.js'
export type { KnownNetworkId } from './network/known-network-id.js'
export { knownNetworks } from './network/known-networks.js'
export type { Asset, Network, NetworkFamily, NetworkId, TransferMethod } from './network/network.js'
export { BASE, BASE_SEPOLIA, SOLANA_DEVNET, SOLANA_MAINNET, SOLANA_TESTNET } from './network/network.js'
export {
  endpointAdvice,
  findNetwork,
  nearestNetwork,
  rpcVariable,
  shortNetworkName
} from './network/network-names.js'
export type { Registry } from './network/registry.js'
export type { RateOptions, Rates, RegistryAdditions, RegistryOptions } from './network/registry-options.js'
export { checkRates, registryChecks } from './network/registry-options.js'
export { sameAddress } from './network/same-address.js'
export { notify } from './notify.js'
export type { OptionCheck, OptionChecks } from './options/check-options.js'
export { checkOptions, optionsOf, recordOf, unchecked } from './options/check-options.js'
export { malformedEvmKey, malformedSolanaKey } from './options/malformed-key.js'
export { nearestName } from './options/nearest-name.js'
export {
  checkAddress,
  checkClock,
  checkFlag,
  checkFunction,
  checkHost,
  checkHostPattern,
  checkHttpUrl,
  checkLedger,
  checkName,
  checkNetworkId,
  checkObject,
  checkObjectOrFunction,
  checkPromise,
  checkRpcUrls,
  checkStorableText,
  checkText,
  checkUsdcAmount,
  listOf,
  listOr,
  oneOf,
  wholeNumberFrom
} from './options/option-checks.js'

export type { ChainReader, ChainReaderOptions, ReadOptions } from './rpc/chain-reader.js'
export type { ReadServedNetwork } from './rpc/endpoint.js'
export { isLoopback } from './rpc/loopback.js'
export type { Rpc, RpcFetch, RpcTransport, RpcUrls } from './rpc/rpc-transport.js'
export { unreadableReason } from './rpc/unreadable-reason.js'
export type { TurnName } from './turns.js'
export { areTurnsReplaced, stoppedTurns, stoppedTurnsReason } from './turns.js'
export type { WalletProblem } from './wallet-problem.js'
export { bodyChunks } from './wire/body-chunks.js'
export { boundedText } from './wire/bounded-text.js'
export { canonicalJson } from './wire/canonical-json.js'
export { discardBody } from './wire/discard-body.js'
export { decodeHeader, encodeHeader, headerTooLargeError, MAX_HEADER_BYTES } from './wire/header-codec.js'
export { joinBytes } from './wire/join-bytes.js'
export type { JsonObject, JsonValue } from './wire/json.js'
export { isJsonObject, MAX_JSON_DEPTH, parseJsonObject } from './wire/json.js'
export { responseOf } from './wire/response-of.js'
export type { Settlement } from './wire/settlement.js'
export type { BodySharing } from './wire/shared-body.js'
export { SharedBody } from './wire/shared-body.js'
export { hideLong, serverWords, shortText } from './wire/short-text.js'
export { wholeLength, wholeLengthOf } from './wire/whole-length.js'
export { keepWrittenText, newTextMark, stringifyExact } from './wire/written-json.js'
export type { TimeLimit } from './within.js'
export { within } from './within.js'
