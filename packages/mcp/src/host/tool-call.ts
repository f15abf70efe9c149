import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js'
import type { RequestId, ServerNotification, ServerRequest } from '@modelcontextprotocol/sdk/types.js'
import type { AskPerson } from './confirmation.js'

/** What the SDK hands to a tool beside its arguments. */
export type SdkCall = RequestHandlerExtra<ServerRequest, ServerNotification>

/** A call of a tool, by a client that waits for its answer. */
export interface ToolCall {
  readonly id: RequestId
  /** Aborts when the client waits no more. */
  readonly signal: AbortSignal
  /** The name that the client gave itself. */
  readonly client: string | undefined
  /** Asks the person at the client. */
  readonly askPerson: AskPerson
  /** Tells a client that asked for it how long the call has taken. */
  readonly tellProgress: ((seconds: number, message: string) => Promise<void>) | undefined
}

/** Reads a call of a client. */
export function toolCallOf(
  { requestId: id, signal, _meta, sendNotification }: SdkCall,
  of: Pick<ToolCall, 'client' | 'askPerson'>
): ToolCall {
  const progressToken = _meta?.progressToken
  if (progressToken === undefined) return { ...of, id, signal, tellProgress: undefined }
  return {
    ...of,
    id,
    signal,
    tellProgress: (progress, message) =>
      sendNotification({ method: 'notifications/progress', params: { progressToken, progress, message } })
  }
}
