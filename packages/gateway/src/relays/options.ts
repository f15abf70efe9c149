import type { RelayAccount } from './accounts.js'

/** The services that bill an account by its API key. */
export interface RelaysOptions {
  /**
   * Their accounts; any other key is unknown. OpenClaw's keys begin with `sk-`, TokenHub's with `th-`. Default:
   * none.
   *
   * @example { accounts: [{ key: 'sk-local', usd: '1' }, { key: 'th-local' }] }
   */
  readonly accounts?: readonly RelayAccount[]
  /**
   * The time from a video's submission to its completion, in milliseconds. Default: 400.
   *
   * @example { taskMs: 0 }
   */
  readonly taskMs?: number
  /**
   * What Tokenhot's wan2.6-image sends when a stream is requested. `json` is what the documentation's sample shows,
   * `events` is a stream. Default: `json`.
   *
   * @example { wanStream: 'events' }
   */
  readonly wanStream?: 'json' | 'events'
}
