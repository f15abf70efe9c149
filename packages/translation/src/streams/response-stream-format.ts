import { isJsonObject, type JsonObject, parseJsonObject } from '@bursar/core'
import { begunResponse } from '../openai/response.js'
import { responseEvents } from '../openai/response-stream.js'
import { dataIn, hasType } from './data-in.js'
import type { AnswerStream, StreamDetails, StreamFailure, StreamFormat } from './stream-format.js'
import { eventText } from './stream-format.js'

const lastTypes: ReadonlySet<unknown> = new Set([
  'response.completed',
  'response.incomplete',
  'response.failed',
  'error'
])
const LAST = /"type":\s*"(?:response\.(?:completed|incomplete|failed)|error)"/

/**
 * The streams of Responses, where what is sent while the answer is still to come is part of what is numbered.
 *
 * @see https://platform.openai.com/docs/api-reference/responses-streaming
 */
export const responseStreamFormat: StreamFormat = {
  events: responseEvents,
  open: (details) => new ResponseStream(details),
  isEnd: (events) => LAST.test(events),
  isDone: (events) => LAST.test(events) && hasType(events, lastTypes),
  closing: () => ''
}

const beginnings: readonly unknown[] = ['response.created', 'response.in_progress']

class ResponseStream implements AnswerStream {
  readonly #begun: JsonObject
  #isBegun = false
  /** The number of the next event, where this stream has events of its own. */
  #number: number | undefined
  /** What was sent last of the answer. */
  #last = ''

  constructor({ request, id, createdAtSeconds }: StreamDetails) {
    // What the request says at length is repeated at the end alone.
    const { model = null } = request
    this.#begun = begunResponse({ model }, { id, createdAtSeconds })
  }

  keepAlive(): string {
    return this.#begin() + this.#own('response.in_progress', { response: this.#begun })
  }

  next(events: string): string {
    const sent = this.#number === undefined ? events : this.#renumbered(events)
    this.#isBegun = true
    this.#last = events
    return sent
  }

  fail({ message }: StreamFailure): string {
    const response = { ...this.#begun, status: 'failed', error: { code: 'invalid_prompt', message } }
    return this.#begin() + this.#own('response.failed', { response })
  }

  #begin(): string {
    if (this.#isBegun) return ''
    this.#isBegun = true
    return this.#own('response.created', { response: this.#begun })
  }

  #own(type: string, members: JsonObject): string {
    this.#number ??= lastNumber(this.#last) + 1
    return eventText(type, { sequence_number: this.#number++, ...members })
  }

  #renumbered(events: string): string {
    return events
      .split(/(?<=\n\n|\r\n\r\n)/)
      .map((event) => this.#renumber(event))
      .join('')
  }

  #renumber(event: string): string {
    const data = parseJsonObject(dataIn(event)[0] ?? '')
    if (!isJsonObject(data) || typeof data.type !== 'string') return event
    if (beginnings.includes(data.type)) return ''
    const { type, sequence_number: _, ...members } = data
    return this.#own(type, members)
  }
}

function lastNumber(events: string): number {
  const numbers = [...events.matchAll(/"sequence_number":\s*(\d{1,9})/g)]
  return Number(numbers.at(-1)?.[1] ?? -1)
}
