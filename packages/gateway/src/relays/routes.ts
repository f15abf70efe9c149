import type { GatewayRuntime } from '../runtime.js'
import type { Route } from '../server/route.js'
import { RelayAccounts } from './accounts.js'
import type { RelayContext } from './context.js'
import { FileStore } from './file-store.js'
import { openclawRoutes } from './openclaw/routes.js'
import type { RelaysOptions } from './options.js'
import { TaskStore } from './task-store.js'
import { tokenhotRoutes } from './tokenhot/routes.js'
import { tokenhubRoutes } from './tokenhub/routes.js'

/** OpenClaw Token, Tokenhot and TokenHub, under `/relays/openclaw` and so on, and the files of all three. */
export function relayRoutes(
  { accounts = [], taskMs = 400, wanStream = 'json' }: RelaysOptions,
  runtime: GatewayRuntime
): readonly Route[] {
  const context: RelayContext = {
    runtime,
    accounts: new RelayAccounts(accounts, runtime),
    files: new FileStore(runtime),
    tasks: new TaskStore(runtime, taskMs),
    wanStream
  }
  return [
    ...openclawRoutes(context),
    ...tokenhotRoutes(context),
    ...tokenhubRoutes(context),
    {
      methods: ['GET'],
      path: /^\/relays\/files\/([\w-]+)\.\w+$/,
      takesFaults: true,
      handle: ({ request, params: [id = ''] }) => context.files.serve(id, context.accounts.find(request)?.key)
    }
  ]
}
