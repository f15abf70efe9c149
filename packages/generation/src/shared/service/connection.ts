import {
  BursarError,
  type Clock,
  isBursarError,
  type JsonObject,
  type MoneyState,
  type ServiceErrorContext
} from '@bursar/core'
import { boundedText } from './bounded-body.js'
import { defined, objectAt, objectsAt, textAt } from './fields.js'
import { moneyStateOf } from './money-state.js'
import type { FetchLike, Operation, ReceiptOf } from './operation.js'
import { parseObject } from './parse-object.js'
import { retryAfterSeconds } from './retry-after.js'

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
  /** The most that is read of an answer. Default 16 MiB. */
  readonly maxBodyBytes?: number
  readonly clock: Clock
}

/** A page of the catalogue is 200 KB; a chat seldom more. */
const MAX_BODY_BYTES = 16 * 1024 * 1024
const MAX_ERROR_BYTES = 64 * 1024

/** Sends operations to one service, and says of each failure what became of the money. */
export class Connection {
  readonly #options: ConnectionOptions
  readonly #base: string

  constructor(options: ConnectionOptions) {
    this.#options = options
    this.#base = options.baseUrl.href.replace(/\/$/, '')
  }

  /**
   * The answer, when it is good. Its body is still to be read.
   *
   * @throws {BursarError} `service/refused`, `service/unreachable`, and whatever the fetch throws.
   */
  async send(operation: Operation): Promise<Response> {
    const response = await this.#fetch(operation)
    if (response.ok) return response
    throw await this.#refused(operation, response)
  }

  /**
   * The JSON object that answers an operation.
   *
   * @throws {BursarError} as `send`, and `service/answer-malformed`
   */
  async read(operation: Operation): Promise<{ readonly body: JsonObject; readonly response: Response }> {
    const response = await this.send(operation)
    const body = parseObject(await this.#textOf(operation, response))
    if (!body) throw this.malformed(operation, response, 'not a JSON object')
    return { body, response }
  }

  /**
   * As {@link Connection.read}, for services that answer with one object or with a stream of them: then the object is
   * `{ events }`.
   *
   * @throws {BursarError} as `read`
   */
  async readEither(
    operation: Operation
  ): Promise<{ readonly answer: JsonObject; readonly response: Response }> {
    const response = await this.send({
      ...operation,
      headers: { ...operation.headers, accept: 'application/json, text/event-stream' }
    })
    const isStream = /^text\/event-stream\b/i.test(response.headers.get('content-type') ?? '')
    const text = await this.#textOf(operation, response)
    const answer = isStream ? { events: objectsOf(text) } : parseObject(text)
    if (!answer) throw this.malformed(operation, response, 'not a JSON object')
    return { answer, response }
  }

  /** Where the money stands after an answer; `unknown` when the answer does not tell. */
  moneyState(operation: Operation, response?: Response): MoneyState {
    return moneyStateOf(operation, response, this.#options.receiptOf)
  }

  /** The ledger's name for what paid for an answer, when the fetch knows. */
  purchase(response: Response): string | undefined {
    return this.#options.receiptOf?.(response)?.purchase
  }

  /** The error for an answer that cannot be understood. */
  malformed(operation: Operation, response: Response, reason: string, cause?: unknown): BursarError {
    const moneyState = this.moneyState(operation, response)
    const what = `${operation.name} was answered with what cannot be understood: ${reason}`
    return new BursarError('service/answer-malformed', {
      message: `${this.#options.service}: ${what}.${moneyWords[moneyState]}`,
      context: { ...this.#contextOf(operation), status: response.status, reason },
      moneyState,
      cause
    })
  }

  async #textOf(operation: Operation, response: Response): Promise<string> {
    const { maxBodyBytes = MAX_BODY_BYTES } = this.#options
    let text: string | undefined
    try {
      text = await boundedText(response, maxBodyBytes)
    } catch (error) {
      if (operation.signal?.aborted) throw error
      throw this.malformed(operation, response, 'the answer broke off', error)
    }
    if (text === undefined) throw this.malformed(operation, response, `more than ${maxBodyBytes} bytes`)
    return text
  }

  async #fetch(operation: Operation): Promise<Response> {
    const { fetch, plainFetch } = this.#options
    const isFree = operation.money === 'none' || operation.money === 'settled'
    try {
      return await (isFree ? plainFetch : (operation.fetch ?? fetch))(
        this.#base + operation.path,
        initOf(operation)
      )
    } catch (error) {
      if (isBursarError(error) || operation.signal?.aborted) throw error
      const moneyState = this.moneyState(operation)
      throw new BursarError('service/unreachable', {
        message: `${this.#options.service}: ${operation.name} was not answered.${moneyWords[moneyState]}`,
        context: this.#contextOf(operation),
        moneyState,
        cause: error
      })
    }
  }

  async #refused(operation: Operation, response: Response): Promise<BursarError> {
    const { status, headers } = response
    const text = await boundedText(response, MAX_ERROR_BYTES).catch(() => undefined)
    const { secret } = this.#options
    const error = parseError(secret ? text?.replaceAll(secret, '…') : text)
    const moneyState = this.moneyState(operation, response)
    const reason = error.reason ?? statusWords[status]
    const what = `${operation.name} was answered with ${status}${reason ? ` (${reason})` : ''}`
    const wait = retryAfterSeconds(headers, this.#options.clock.nowMs())
    return new BursarError('service/refused', {
      message: `${this.#options.service}: ${what}.${moneyWords[moneyState]}`,
      context: { ...this.#contextOf(operation), status, ...defined({ ...error, retryAfterSeconds: wait }) },
      moneyState
    })
  }

  #contextOf({ name, requestId }: Operation): ServiceErrorContext {
    return { service: this.#options.service, operation: name, ...defined({ requestId }) }
  }
}

/** Redirects are refused: credentials, proofs and prompts go to one origin, and a payment does too. */
function initOf({ method, body, headers, signal, timeoutMs, fetchOptions }: Operation): RequestInit {
  const timeout = timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs)
  const signals = [signal, timeout].filter((each) => each !== undefined)
  return {
    ...fetchOptions,
    method,
    headers: {
      accept: 'application/json',
      ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
      ...headers
    },
    ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
    redirect: 'error',
    credentials: 'omit',
    ...(signals.length === 0 ? {} : { signal: AbortSignal.any(signals) })
  }
}

function objectsOf(events: string): JsonObject[] {
  return events
    .split(/\r?\n/)
    .filter((line) => line.startsWith('data:'))
    .map((line) => parseObject(line.slice('data:'.length)))
    .filter((event) => event !== undefined)
}

/**
 * Reads why: `{"error":{"code","message"}}`, `{"error":"…"}`, `{"message":"…"}` and `{"detail":"…"}` are all about, and
 * generation requests tell it in `responses[].error`.
 */
export function parseError(text: string | undefined): { serviceCode?: string; reason?: string } {
  const body = text === undefined ? undefined : parseObject(text)
  if (!body) return {}
  const [first = {}] = objectsAt(body, 'responses', 1)
  const error = { ...objectAt(first, 'error'), ...objectAt(body, 'error') }
  const reason =
    textAt(error, 'message') ?? textAt(body, 'error') ?? textAt(body, 'message') ?? textAt(body, 'detail')
  return defined({ serviceCode: textAt(error, 'code', 64) ?? textAt(body, 'code', 64), reason })
}

/** For statuses that come without words. */
const statusWords: Readonly<Record<number, string>> = {
  401: 'the credentials are wrong or missing',
  402: 'it is not paid: the balance runs short, or the fetch does not pay',
  403: 'the credentials do not suffice',
  404: 'there is no such thing',
  429: 'too many requests'
}

const moneyWords: Readonly<Record<MoneyState, string>> = {
  none: ' Nothing was paid.',
  reserved: '',
  signed: '',
  sent: ' A payment is out.',
  settled: ' It was paid for.',
  unknown: ' Whether it was charged is not known; look at the balance before sending it again.'
}
