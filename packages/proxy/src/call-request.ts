import type { IncomingMessage } from 'node:http'
import type { JsonObject } from '@bursar/core'
import { RequestProblem, readJsonBody } from '@bursar/local-server'

/** A request for something that costs money, read. */
export interface CallRequest {
  readonly agent: string
  /** For example `/v1/messages`. */
  readonly path: string
  readonly body: JsonObject
  /** The body as it was sent. */
  readonly bytes: Uint8Array<ArrayBuffer>
  /** The `Idempotency-Key` header. */
  readonly key?: string
  /** Whether the client says that it repeats a request (`x-stainless-retry-count`). */
  readonly isRetry: boolean
}

const MAX_KEY_LENGTH = 200

/** Reads a request. @throws {RequestProblem} */
export async function readCallRequest(
  message: IncomingMessage,
  {
    agent,
    path,
    maxBodyBytes
  }: { readonly agent: string; readonly path: string; readonly maxBodyBytes: number }
): Promise<CallRequest> {
  const key = readKey(message)
  const { bytes, value: body } = await readJsonBody(message, maxBodyBytes)
  const isRetry = Number(message.headers['x-stainless-retry-count'] ?? 0) > 0
  return { agent, path, body, bytes, isRetry, ...(key === undefined ? {} : { key }) }
}

function readKey({ headers: { 'idempotency-key': key } }: IncomingMessage): string | undefined {
  if (key === undefined) return undefined
  if (typeof key === 'string' && key !== '' && key.length <= MAX_KEY_LENGTH) return key
  throw new RequestProblem({
    status: 400,
    code: 'invalid_request',
    message: `An idempotency key has 1 to ${MAX_KEY_LENGTH} characters`
  })
}

/** The path of a request without its query. */
export function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split('?')[0] ?? '/'
}
