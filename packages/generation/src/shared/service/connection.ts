import {
  type BursarError,
  boundedText,
  type Clock,
  isBursarError,
  type JsonObject,
  type MoneyState,
  parseJsonObject
} from '@bursar/core'
import { readFailure } from './error-body.js'
import { moneyStateOf } from './money-state.js'
import type { FetchLike, Operation, ReceiptOf } from './operation.js'
import { withoutRedirects } from './redirects.js'
import { requestInit } from './request-init.js'
import { retryAfterSeconds } from './retry-after.js'
import { malformedAnswer, refused, unreachable } from './service-error.js'

/** What a connection is made from. */
export interface ConnectionOptions {
  /** Such as `katana`. */
  readonly service: string
  readonly baseUrl: URL
  /** Sends what costs something. */
  readonly fetch: FetchLike
  /** Sends what is free, and must not pay: a service could ask money for an answer that it owes. */
  readonly plainFetch: FetchLike
  readonly receiptOf?: ReceiptOf
  /** What a service may repeat in its errors, and must not be seen in ours. */
  readonly secret?: string
  /** The most that is read of an answer. Default: 16 MiB. */
  readonly maxBodyBytes?: number
  readonly clock: Clock
}

/** An operation and its answer. */
export interface Exchange {
  readonly operation: Operation
  readonly response: Response
}

/** A JSON object that answers an operation. */
export interface JsonAnswer extends Exchange {
  readonly body: JsonObject
}

/** A page of the catalogue is 200 KB; a chat seldom more. */
const MAX_BODY_BYTES = 16 * 1024 * 1024
const MAX_ERROR_BYTES = 64 * 1024

/** Sends operations to one service, and reports with each failure where the money is. */
export class Connection {
  readonly #options: ConnectionOptions
  readonly #base: string

  constructor(options: ConnectionOptions) {
    this.#options = options
    this.#base = options.baseUrl.href.replace(/\/$/, '')
  }

  /**
   * Sends an operation. The body of its answer is still to be read.
   *
   * @throws {BursarError} `service/refused`, `service/unreachable`, and what the fetch throws.
   */
  async send(operation: Operation): Promise<Exchange> {
    const exchange = { operation, response: await this.#fetch(operation) }
    if (exchange.response.ok) return exchange
    throw await this.#refused(exchange)
  }

  /**
   * Sends an operation that is answered with a JSON object.
   *
   * @throws {BursarError} as `send`, and `service/answer-malformed`
   */
  async read(operation: Operation): Promise<JsonAnswer> {
    const exchange = await this.send(operation)
    const body = parseJsonObject(await this.#textOf(exchange))
    if (!body) throw this.malformed(exchange, 'not a JSON object')
    return { ...exchange, body }
  }

  /**
   * As {@link Connection.read}, for services that answer with one object or with a stream of them: then the object is
   * `{ events }`.
   *
   * @throws {BursarError} as `read`
   */
  async readEither(operation: Operation): Promise<JsonAnswer> {
    const headers = { ...operation.headers, accept: 'application/json, text/event-stream' }
    const exchange = await this.send({ ...operation, headers })
    const isStream = /^text\/event-stream\b/i.test(exchange.response.headers.get('content-type') ?? '')
    const text = await this.#textOf(exchange)
    const body = isStream ? { events: objectsOf(text) } : parseJsonObject(text)
    if (!body) throw this.malformed(exchange, 'not a JSON object')
    return { ...exchange, body }
  }

  /** The state of the money after an operation; `unknown` when its answer does not say. */
  moneyState({ operation, response }: Partial<Exchange> & Pick<Exchange, 'operation'>): MoneyState {
    return moneyStateOf(operation, response, this.#options.receiptOf)
  }

  /** The ledger's name for what paid for an answer, when the fetch knows. */
  purchase({ response }: Exchange): string | undefined {
    return this.#options.receiptOf?.(response)?.purchase
  }

  /** The error for an answer that cannot be read. */
  malformed(exchange: Exchange, reason: string, cause?: unknown): BursarError {
    const { status } = exchange.response
    return malformedAnswer({ ...this.#failed(exchange), status }, reason, cause)
  }

  async #textOf(exchange: Exchange): Promise<string> {
    const { maxBodyBytes = MAX_BODY_BYTES } = this.#options
    let text: string | undefined
    try {
      text = await boundedText(exchange.response, maxBodyBytes)
    } catch (error) {
      if (exchange.operation.signal?.aborted) throw error
      throw this.malformed(exchange, 'the answer broke off', error)
    }
    if (text === undefined) throw this.malformed(exchange, `more than ${maxBodyBytes} bytes`)
    return text
  }

  async #fetch(operation: Operation): Promise<Response> {
    const { fetch, plainFetch } = this.#options
    const isFree = operation.money === 'none' || operation.money === 'settled'
    const send = isFree ? plainFetch : (operation.fetch ?? fetch)
    try {
      return await withoutRedirects(send)(this.#base + operation.path, requestInit(operation))
    } catch (error) {
      if (isBursarError(error) || operation.signal?.aborted) throw error
      const { origin } = this.#options.baseUrl
      throw unreachable({ ...this.#failed({ operation }), origin }, error)
    }
  }

  async #refused(exchange: Exchange): Promise<BursarError> {
    const { status, headers } = exchange.response
    const { secret, clock } = this.#options
    const text = await boundedText(exchange.response, MAX_ERROR_BYTES).catch(() => undefined)
    const failure = readFailure(secret ? text?.replaceAll(secret, '…') : text)
    const wait = retryAfterSeconds(headers, clock.nowMs())
    return refused({ ...this.#failed(exchange), status }, { ...failure, retryAfterSeconds: wait })
  }

  #failed(exchange: Partial<Exchange> & Pick<Exchange, 'operation'>) {
    const { operation } = exchange
    return { service: this.#options.service, operation, moneyState: this.moneyState(exchange) }
  }
}

function objectsOf(events: string): JsonObject[] {
  return events
    .split(/\r?\n/)
    .filter((line) => line.startsWith('data:'))
    .map((line) => parseJsonObject(line.slice('data:'.length)))
    .filter((event) => event !== undefined)
}
