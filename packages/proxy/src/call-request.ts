import type { IncomingMessage } from 'node:http'
import type { JsonObject } from '@bursar/core'
import { hasForm, RequestProblem, readFormBody, readJsonBody } from '@bursar/local-server'
import { readForm } from './form-fields.js'
import { headersToService, queryToService } from './handed-headers.js'
import { SentBody } from './sent-body.js'

/** A request for something that costs money, read. */
export interface CallRequest {
  readonly agent: string
  /** For example `/v1/messages`. */
  readonly path: string
  /** Of a form, its text fields. */
  readonly body: JsonObject
  /** The body as it was sent; of a form, its fields and files without the boundary, which each request has anew. */
  readonly sent: SentBody
  /** What a service is handed besides that speaks the API itself. */
  readonly headers?: Readonly<Record<string, string>>
  /** With its question mark; empty for none. */
  readonly query?: string
  /** Where a form was sent. */
  readonly form?: FormData
  /** Whether the body is compared byte by byte, since nothing is known of what it means. */
  readonly isOpaque?: boolean
  /** The `Idempotency-Key` header. */
  readonly key?: string
  /** Whether the client says that it repeats a request (`x-stainless-retry-count`). */
  readonly isRetry: boolean
}

const MAX_KEY_LENGTH = 200

/** How a request is read. */
export interface ReadOptions {
  readonly agent: string
  readonly path: string
  /** Whether a form is taken as well as JSON. */
  readonly takesForms: boolean
  readonly maxBodyBytes: number
}

/** Reads a request. @throws {RequestProblem} */
export async function readCallRequest(
  message: IncomingMessage,
  { agent, path, takesForms, maxBodyBytes }: ReadOptions
): Promise<CallRequest> {
  const key = readKey(message)
  const isRetry = Number(message.headers['x-stainless-retry-count'] ?? 0) > 0
  const content = await readContent(message, { takesForms, maxBodyBytes })
  const handed = { headers: headersToService(message.headers), query: queryToService(message.url) }
  return { agent, path, isRetry, ...handed, ...content, ...(key === undefined ? {} : { key }) }
}

async function readContent(
  message: IncomingMessage,
  { takesForms, maxBodyBytes }: Pick<ReadOptions, 'takesForms' | 'maxBodyBytes'>
): Promise<Pick<CallRequest, 'body' | 'sent' | 'form'>> {
  if (takesForms && hasForm(message)) return readForm(await readFormBody(message, maxBodyBytes))
  const { bytes, value: body } = await readJsonBody(message, maxBodyBytes)
  return { body, sent: new SentBody(bytes) }
}

/** The `Idempotency-Key` header. @throws {RequestProblem} 400 */
export function readKey({ headers: { 'idempotency-key': key } }: IncomingMessage): string | undefined {
  if (key === undefined) return undefined
  // A purchase has the key in its name, which takes no blank at its end, as of Latin-1.
  if (typeof key === 'string' && key !== '' && key.trim() === key && key.length <= MAX_KEY_LENGTH) return key
  throw new RequestProblem({
    status: 400,
    code: 'invalid_request',
    message: `An idempotency key has 1 to ${MAX_KEY_LENGTH} characters, and no blanks around it`
  })
}

/** The path of a request without its query. */
export function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split('?')[0] ?? '/'
}

/** The path of a request with its query. Its host is not meant. */
export function urlOf({ url = '/' }: IncomingMessage): URL {
  return new URL(url.startsWith('/') ? `http://127.0.0.1${url}` : 'http://127.0.0.1/')
}
