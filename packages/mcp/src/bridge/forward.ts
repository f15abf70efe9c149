import type { Client } from '@modelcontextprotocol/sdk/client/index.js'
import type { Server } from '@modelcontextprotocol/sdk/server/index.js'
import type { RequestOptions } from '@modelcontextprotocol/sdk/shared/protocol.js'
import { type JSONRPCRequest, ResultSchema } from '@modelcontextprotocol/sdk/types.js'
import type { SdkCall } from '../host/tool-call.js'
import { NEVER_MS } from '../paying/never.js'
import type { AskHost } from './ask-host.js'
import type { ServerLink } from './server-link.js'

/** Hands all requests of the host on that the bridge does not answer itself. */
export function forwardTheRest(server: Server, link: ServerLink): void {
  server.fallbackRequestHandler = async (request, extra) => forward(await link.client(), request, extra)
}

/** Hands on to the host what the paid server notifies of, and what it asks. */
export function forwardToHost(server: Server, askHost: AskHost, client: Client): void {
  client.fallbackRequestHandler ??= askHost
  client.fallbackNotificationHandler = async ({ method, params }) => {
    // A host that is gone is told nothing.
    await server.notification({ method, params }).catch(() => {})
  }
}

function forward(client: Client, { method, params }: JSONRPCRequest, extra: SdkCall) {
  const { _meta: _, ...rest } = params ?? {}
  return client.request({ method, params: rest }, ResultSchema, forwardedOptions(extra))
}

/** How a host's request is made again: for as long as the host waits, and with the progress that it asked for. */
export function forwardedOptions({ signal, _meta, sendNotification }: SdkCall): RequestOptions {
  const progressToken = _meta?.progressToken
  const options = { signal, timeout: NEVER_MS }
  if (progressToken === undefined) return options
  return {
    ...options,
    onprogress: (progress) =>
      void sendNotification({
        method: 'notifications/progress',
        params: { ...progress, progressToken }
      }).catch(() => {})
  }
}
