export type {
  AccountCall,
  AccountMeter,
  AccountOffer,
  AtomicUsdc,
  BalanceOffer,
  Bill,
  Clock,
  DebitPurchase,
  HasBursarParts,
  ItemFailure,
  JobNote,
  JsonObject,
  JsonValue,
  LedgerCallOptions,
  MoneyState,
  NetworkId,
  OpenAccountCall,
  PaidToken,
  PaymentHeader,
  PaymentOffer,
  Purchase,
  PurchaseAuthorization,
  PurchaseEvidence,
  RandomBytes,
  ServiceBursar,
  SignedBytes,
  SignedPayment,
  TokenCounts,
  UsdcAmount
} from '@bursar/core'
export type {
  BalanceFetch,
  ChargeListener,
  Movement,
  PlainFetch,
  Prepaid,
  TopUp,
  TopUpOption,
  TopUpRule
} from '@bursar/prepaid'
export type { Billing, BillingPath } from './katana/billing.js'
export type { CallOptions } from './katana/call-options.js'
export type {
  Catalogue,
  CustomRule,
  ImageModel,
  InputType,
  TextModel,
  VideoModel
} from './katana/catalogue/model.js'
export { katanaCatalogue } from './katana/catalogue/snapshot.js'
export type { ChatBody, ChatMessage, ChatPart } from './katana/chat-body.js'
export type {
  ChatChoice,
  ChatChunk,
  ChatChunkChoice,
  ChatCompletion,
  ChatCompletions,
  ChatReply,
  ChatUsage,
  KatanaUsage,
  StreamingBody,
  WholeBody
} from './katana/chat-completion.js'
export type { Katana } from './katana/create-katana.js'
export { createKatana } from './katana/create-katana.js'
export { createKatanaClient } from './katana/create-katana-client.js'
export type { ApiKey } from './katana/credentials.js'
export type { Continuation } from './katana/final-frame.js'
export type {
  GenerationItem,
  ImageAspectRatio,
  ImageItem,
  ImageModelName,
  ImageOptions,
  OutputFormat,
  TextModelName,
  UnlistedModel,
  VideoAspectRatio,
  VideoItem,
  VideoModelName,
  VideoOptions,
  VideoSeconds
} from './katana/item.js'
export { unlistedModel } from './katana/item.js'
export type { KatanaClient } from './katana/katana-client.js'
export type { KatanaClientOptions } from './katana/katana-client-options.js'
export type { KatanaOptions } from './katana/katana-options.js'
export type { BalanceUse } from './katana/prepaid/balance-use.js'
export { balanceUse } from './katana/prepaid/balance-use.js'
export type { Estimate } from './katana/pricing/estimate.js'
export type { Attestation } from './katana/queries.js'
export type { AttestationOptions, QueryOptions } from './katana/query-options.js'
export type { ResolvedImageItem, ResolvedItem, ResolvedVideoItem } from './katana/resolved-item.js'
export { checkChat } from './katana/rules/chat-rules.js'
export { checkItem } from './katana/rules/check-item.js'
export type { RuleName, Violation } from './katana/rules/violation.js'
export type { CallDescription } from './katana/session.js'
export type { GenerateOptions, OnSubmitted, ResumeOptions, Submission } from './katana/submission.js'
export type { AccountBalance } from './katana/wire/balance.js'
export type { DownloadProgress, SavedAsset, SaveOptions } from './shared/asset/save-options.js'
export type { Job, WatchOptions } from './shared/job/job.js'
export type { Asset, JobItem, JobResult, JobState } from './shared/job/job-state.js'
export type { LazyMedia, MediaInput } from './shared/media/media-input.js'
export { file } from './shared/media/media-input.js'
export type { CachePrices, Price, TokenPrice, UnitPrice } from './shared/metering/price.js'
export { tokenPrice } from './shared/metering/price.js'
export type { SdkFetch } from './shared/sdk/sdk-fetch.js'
export type { FetchLike, ReceiptOf } from './shared/service/operation.js'
