import type { Clock, RandomBytes } from '@bursar/core'
import type { Route } from '../server/route.js'
import { type RelayAccount, RelayAccounts } from './accounts.js'
import type { RelayContext } from './context.js'
import { FileStore } from './file-store.js'
import { openclawRoutes } from './openclaw/routes.js'
import { TaskStore } from './task-store.js'
import { tokenhotRoutes } from './tokenhot/routes.js'
import { tokenhubRoutes } from './tokenhub/routes.js'

/** The services that bill an account by a key. */
export interface RelaysOptions {
  /** Their accounts; every other key is a wrong one. OpenClaw's begin with `sk-`, TokenHub's with `th-`. */
  readonly accounts?: readonly RelayAccount[]
  /** Milliseconds from a film's submission to its end. 400 when absent. */
  readonly taskMs?: number
  /**
   * What Tokenhot's wan2.6-image answers when a stream is asked for: JSON all the same, as the documentation's sample
   * (default), or events.
   */
  readonly wanStream?: 'json' | 'events'
}

/** OpenClaw Token, Tokenhot and TokenHub, under `/relays/openclaw` and so on, and the files of all. */
export function relayRoutes(
  { accounts = [], taskMs = 400, wanStream = 'json' }: RelaysOptions,
  { clock, random, url }: { readonly clock: Clock; readonly random: RandomBytes; readonly url: () => string }
): readonly Route[] {
  const context: RelayContext = {
    accounts: new RelayAccounts(accounts),
    files: new FileStore(clock, random, url),
    tasks: new TaskStore(clock, random, taskMs),
    wanStream,
    clock,
    random
  }
  return [
    ...openclawRoutes(context),
    ...tokenhotRoutes(context),
    ...tokenhubRoutes(context),
    {
      methods: ['GET'],
      path: /^\/relays\/files\/([\w-]+)\.\w+$/,
      misbehaves: true,
      handle: ({ request, params: [id = ''] }) => context.files.serve(id, context.accounts.of(request)?.key)
    }
  ]
}
