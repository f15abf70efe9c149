export type { ProxyServiceOptions } from './open-service.js'
export type { AnswerNote } from './serve.js'
export type { Proxy, ProxyOptions } from './start-proxy.js'
export { startProxy } from './start-proxy.js'
