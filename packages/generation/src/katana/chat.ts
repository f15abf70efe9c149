import { type BursarError, isBursarError, isJsonObject, type JsonObject } from '@bursar/core'
import { invalidRequest } from '../shared/checks/invalid-request.js'
import { type Connection, parseError } from '../shared/service/connection.js'
import { defined } from '../shared/service/fields.js'
import type { Operation } from '../shared/service/operation.js'
import type { CallOptions } from './call-options.js'
import type { Catalogue } from './catalogue/model.js'
import type { ChatBody } from './chat-body.js'
import { eventData } from './event-stream.js'
import { checkChat } from './rules/chat-rules.js'
import type { Session } from './session.js'

/** What Katana adds to OpenAI's usage (Katana 81 and 82). Amounts are decimal text or numbers, as the service has them. */
export interface KatanaUsage {
  readonly billing_source?: string
  readonly privacy_mode?: string
  readonly credits_reserved?: string | number
  readonly credits_charged?: string | number
  readonly credits_refunded?: string | number
  readonly paid_usdc?: string | number
  readonly wallet_balance_after_usdc?: string | number
  readonly [more: string]: unknown
}

/** What a chat used. */
export interface ChatUsage {
  readonly prompt_tokens?: number
  readonly completion_tokens?: number
  readonly total_tokens?: number
  readonly imgnai?: KatanaUsage
  readonly [more: string]: unknown
}

/** A message that the model wrote, or a piece of one. */
export interface ChatReply {
  readonly role?: string
  readonly content?: string | null
  readonly [more: string]: unknown
}

/** A chat completion, in OpenAI's spelling. */
export interface ChatCompletion {
  readonly id?: string
  readonly model?: string
  readonly choices: readonly {
    readonly index?: number
    readonly message: ChatReply
    readonly finish_reason?: string | null
    readonly [more: string]: unknown
  }[]
  readonly usage?: ChatUsage
  readonly [more: string]: unknown
}

/** A piece of a chat completion that streams. The last one carries the usage (Katana 83). */
export interface ChatChunk {
  readonly id?: string
  readonly model?: string
  readonly choices: readonly {
    readonly index?: number
    readonly delta?: ChatReply
    readonly finish_reason?: string | null
    readonly [more: string]: unknown
  }[]
  readonly usage?: ChatUsage | null
  readonly [more: string]: unknown
}

type Streaming = ChatBody & { readonly stream: true }
type Whole = ChatBody & { readonly stream?: false | null }

/** Text, as OpenAI's SDK asks for it. */
export interface ChatCompletions {
  /**
   * Asks for text. With `stream: true`, which needs an API key, it comes piece by piece.
   *
   * @throws {BursarError} `request/invalid`, `service/*`, and whatever the fetch throws.
   */
  create(body: Streaming, options?: CallOptions): Promise<AsyncIterable<ChatChunk>>
  create(body: Whole, options?: CallOptions): Promise<ChatCompletion>
}

/** Builds the part of the client that asks for text. */
export function createChat(session: Session, catalogue: Catalogue): ChatCompletions {
  const { connection } = session

  async function operationOf(body: ChatBody, options: CallOptions): Promise<Operation> {
    const path = session.pathOf(options.billing, 'text')
    if (body.stream === true && path !== 'key') throw streamNeedsKey()
    const violations = (options.validate ?? session.validate) ? checkChat(body, catalogue) : []
    if (violations.length > 0) throw invalidRequest(violations)
    return {
      name: 'chat.completions.create',
      method: 'POST',
      path: '/v1/chat/completions',
      body,
      ...(await session.billed(
        path,
        'text',
        typeof body.model === 'string' ? body.model : undefined,
        options
      ))
    }
  }

  function create(body: Streaming, options?: CallOptions): Promise<AsyncIterable<ChatChunk>>
  function create(body: Whole, options?: CallOptions): Promise<ChatCompletion>
  async function create(body: Streaming | Whole, options: CallOptions = {}) {
    const operation = await operationOf(body, options)
    return body.stream === true ? stream(connection, operation) : complete(connection, operation)
  }

  return { create }
}

/** Katana 50. */
function streamNeedsKey(): BursarError<'request/invalid'> {
  return invalidRequest([
    {
      field: 'stream',
      rule: 'stream_needs_key',
      message: 'Text that is paid by x402 does not stream; an API key would',
      allowed: "stream: false, or a client with an apiKey and billing: 'key'"
    }
  ])
}

async function complete(connection: Connection, operation: Operation): Promise<ChatCompletion> {
  const { body, response } = await connection.read(operation)
  if (!isCompletion(body)) throw connection.malformed(operation, response, 'no choices')
  return body
}

/** Katana 83: the stream is good when it ends with [DONE]; before, billing is not settled. */
async function stream(connection: Connection, operation: Operation): Promise<AsyncIterable<ChatChunk>> {
  const response = await connection.send({
    ...operation,
    headers: { ...operation.headers, accept: 'text/event-stream' }
  })
  const { body } = response
  if (!body || !/^text\/event-stream\b/i.test(response.headers.get('content-type') ?? '')) {
    await body?.cancel()
    throw connection.malformed(operation, response, 'no event stream')
  }
  return chunksOf(connection, operation, response, body)
}

async function* chunksOf(
  connection: Connection,
  operation: Operation,
  response: Response,
  body: ReadableStream<Uint8Array>
): AsyncGenerator<ChatChunk, void, undefined> {
  try {
    for await (const data of eventData(body)) {
      if (data === '[DONE]') return
      const chunk = readChunk(data)
      if (chunk === undefined) throw midStreamError(connection, operation, response, data)
      yield chunk
    }
  } catch (error) {
    if (isBursarError(error) || operation.signal?.aborted) throw error
    throw connection.malformed(operation, response, 'the stream broke off', error)
  }
  throw connection.malformed(operation, response, 'the stream ended before [DONE]')
}

function midStreamError(
  connection: Connection,
  operation: Operation,
  response: Response,
  data: string
): BursarError {
  const { serviceCode, reason } = defined(parseError(data))
  return connection.malformed(operation, response, reason ?? serviceCode ?? 'a chunk without choices')
}

function readChunk(data: string): ChatChunk | undefined {
  try {
    const value: unknown = JSON.parse(data)
    return isChunk(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isChunk(value: unknown): value is ChatChunk {
  return isJsonObject(value) && Array.isArray(value.choices) && value.choices.every(isJsonObject)
}

function isCompletion(body: JsonObject): body is JsonObject & ChatCompletion {
  const { choices } = body
  return (
    Array.isArray(choices) &&
    choices.length > 0 &&
    choices.every((choice: unknown) => isJsonObject(choice) && isJsonObject(choice.message))
  )
}
