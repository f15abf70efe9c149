import type { Client } from '@modelcontextprotocol/sdk/client/index.js'
import type { Server } from '@modelcontextprotocol/sdk/server/index.js'
import type { RequestOptions } from '@modelcontextprotocol/sdk/shared/protocol.js'
import { type JSONRPCRequest, ResultSchema } from '@modelcontextprotocol/sdk/types.js'
import type { SdkCall } from '../host/tool-call.js'
import { NEVER_MS } from '../paying/never.js'

/** Hands all requests on that the bridge does not answer itself, and all that the server notifies of. */
export function forwardTheRest(server: Server, client: Client): void {
  server.fallbackRequestHandler = (request, extra) => forward(client, request, extra)
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
