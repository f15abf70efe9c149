import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js'
import type { RequestId, ServerNotification, ServerRequest } from '@modelcontextprotocol/sdk/types.js'

/** What the SDK hands to a tool beside its arguments. */
export type SdkCall = RequestHandlerExtra<ServerRequest, ServerNotification>

/** A call of a tool, by a client that waits for its answer. */
export interface ToolCall {
  readonly id: RequestId
  /** Aborts when the client waits no more. */
  readonly signal: AbortSignal
  /** Tells a client that asked for it how long the call has taken. */
  readonly tellProgress: ((seconds: number, message: string) => Promise<void>) | undefined
}

/** Reads a call. */
export function toolCallOf({ requestId, signal, _meta, sendNotification }: SdkCall): ToolCall {
  const progressToken = _meta?.progressToken
  if (progressToken === undefined) return { id: requestId, signal, tellProgress: undefined }
  return {
    id: requestId,
    signal,
    tellProgress: (progress, message) =>
      sendNotification({ method: 'notifications/progress', params: { progressToken, progress, message } })
  }
}
