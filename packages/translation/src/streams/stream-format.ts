import type { JsonObject } from '@bursar/core'

/** What the stream of one answer is opened with. */
export interface StreamDetails {
  readonly request: JsonObject
  /** Unique among answers. */
  readonly id: string
  /** Unix time. */
  readonly createdAtSeconds: number
}

/** Why a stream that has begun has no answer. */
export interface StreamFailure {
  readonly code: string
  readonly message: string
}

/** The stream of one answer, as one client reads it. */
export interface AnswerStream {
  /** Shows that the answer is still to come. */
  keepAlive(): string
  /** Events of the answer, as they follow what was sent before. @param events whole ones */
  next(events: string): string
  /** Ends the stream in a way that no client repeats. */
  fail(failure: StreamFailure): string
}

/** The streams of an API. */
export interface StreamFormat {
  /** A whole answer as the stream that it would have been. */
  events(answer: JsonObject, request: JsonObject): readonly string[]
  open(details: StreamDetails): AnswerStream
  /** Whether an answer ends within these events, well or with an error. */
  isEnd(events: string): boolean
  /** Whether all is said with these events: nothing of the answer comes behind them, also where the connection stays open. */
  isDone(events: string): boolean
  /**
   * Events behind which a service stops though it has not ended its answer, with the end that it left out.
   *
   * @param before the last that it sent before them.
   */
  finish?(events: string, before: string): string
  /** What comes behind an answer that ended, where a service left it out. */
  closing(events: string): string
}

/** One event of a stream. */
export function eventText(type: string, data: JsonObject): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`
}
