export type { RelayBalance } from './relays/new-api.js'
export type { MeteringBursar, Relay, RelayCall, RelayOptions, SdkOptions } from './relays/relay.js'
export type {
  Tokenhot,
  TokenhotEdit,
  TokenhotImage,
  TokenhotVideo
} from './relays/tokenhot/tokenhot.js'
export { createTokenhot } from './relays/tokenhot/tokenhot.js'
export type { DownloadProgress, SavedAsset, SaveOptions } from './shared/asset/save-options.js'
export type { Job, WatchOptions } from './shared/job/job.js'
export type { Asset, JobItem, JobResult, JobState } from './shared/job/job-state.js'
export type { CachePrices, Price, TokenPrice, UnitPrice } from './shared/metering/price.js'
export { tokenPrice } from './shared/metering/price.js'
export type { FetchLike } from './shared/service/operation.js'
