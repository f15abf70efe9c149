import type { Clock, RandomBytes } from '@bursar/core'
import type { RelayAccounts } from './accounts.js'
import type { FileShelf } from './file-shelf.js'
import type { TaskBoard } from './task-board.js'

/** What every relay's routes share. */
export interface RelayContext {
  readonly accounts: RelayAccounts
  readonly shelf: FileShelf
  readonly tasks: TaskBoard
  /** Whether Tokenhot's wan2.6-image answers a request for a stream with one. */
  readonly wanStream: 'json' | 'events'
  readonly clock: Clock
  readonly random: RandomBytes
}
