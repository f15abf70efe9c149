import type { Clock, RandomBytes } from '@bursar/core'
import type { RelayAccounts } from './accounts.js'
import type { FileStore } from './file-store.js'
import type { TaskStore } from './task-store.js'

/** What every relay's routes share. */
export interface RelayContext {
  readonly accounts: RelayAccounts
  readonly files: FileStore
  readonly tasks: TaskStore
  /** Whether Tokenhot's wan2.6-image answers a request for a stream with one. */
  readonly wanStream: 'json' | 'events'
  readonly clock: Clock
  readonly random: RandomBytes
}
