import type { RelayAccount } from './accounts.js'

/** The services that bill an account by its API key. */
export interface RelaysOptions {
  /** Their accounts. Any other key is unknown. OpenClaw's keys begin with `sk-`, TokenHub's with `th-`. */
  readonly accounts?: readonly RelayAccount[]
  /** Milliseconds from a video's submission to its completion. Default: 400. */
  readonly taskMs?: number
  /**
   * What Tokenhot's wan2.6-image sends when a stream is requested. `json` (default) is what the documentation's sample
   * shows, `events` is a stream.
   */
  readonly wanStream?: 'json' | 'events'
}
