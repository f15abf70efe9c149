import type { GatewayRuntime } from '../runtime.js'
import type { RelayAccounts } from './accounts.js'
import type { FileStore } from './file-store.js'
import type { TaskStore } from './task-store.js'

/** What the routes of every relay need. */
export interface RelayContext {
  readonly runtime: GatewayRuntime
  readonly accounts: RelayAccounts
  readonly files: FileStore
  readonly tasks: TaskStore
  /** Whether Tokenhot's wan2.6-image answers a request for a stream with one. */
  readonly wanStream: 'json' | 'events'
}

/** Result URLs of every relay expire after a day. */
export const DAY_MS = 86_400_000
