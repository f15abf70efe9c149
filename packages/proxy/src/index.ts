export type { AnswerCost, CostSource, Spending } from '@bursar/core'
export { claudeModels } from './programs/claude-models.js'
export type { ProxyBounds, ProxyOptions, RunningProxy } from './proxy-options.js'
export type { AnswerNote } from './serve-context.js'
export type {
  KatanaServiceOptions,
  ProxyServiceOptions,
  RelayServiceOptions,
  UpstreamServiceOptions,
  VeniceServiceOptions
} from './services/service-options.js'
export { startProxy } from './start-proxy.js'
