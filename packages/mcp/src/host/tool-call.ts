import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js'
import type { RequestId, ServerNotification, ServerRequest } from '@modelcontextprotocol/sdk/types.js'

/** What the SDK hands to a tool beside its arguments. */
export type SdkCall = RequestHandlerExtra<ServerRequest, ServerNotification>

/** A call of a tool, by a client that waits for its answer. */
export interface ToolCall {
  readonly id: RequestId
  /** Aborts when the client waits no more. */
  readonly signal: AbortSignal
  /** The name that the client gave itself. */
  readonly client: string | undefined
  /** Tells a client that asked for it how long the call has taken. */
  readonly tellProgress: ((seconds: number, message: string) => Promise<void>) | undefined
}

/** Reads a call. @param client the name that the client gave itself. */
export function toolCallOf(
  { requestId: id, signal, _meta, sendNotification }: SdkCall,
  client: string | undefined
): ToolCall {
  const progressToken = _meta?.progressToken
  if (progressToken === undefined) return { id, signal, client, tellProgress: undefined }
  return {
    id,
    signal,
    client,
    tellProgress: (progress, message) =>
      sendNotification({ method: 'notifications/progress', params: { progressToken, progress, message } })
  }
}
