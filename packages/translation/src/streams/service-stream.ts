import { type JsonValue, parseJsonObject } from '@bursar/core'
import { ModelRenaming } from './rename-model.js'
import type { StreamFormat } from './stream-format.js'

/** An event may hold pictures, and nothing is longer. */
const MAX_CHARACTERS = 16 * 1024 * 1024

/** Characters of an end of an event. */
const LONGEST_END = '\r\n\r\n'.length

/** A stream that a service sends. What it has cut off within an event is held back, so that no client reads half of one. */
export class ServiceStream {
  readonly #format: StreamFormat
  readonly #renaming: ModelRenaming
  readonly #decoder = new TextDecoder()
  /** What is held back, as it came. */
  #held: string[] = []
  #heldLength = 0
  /** How it ends, since the end of an event may come in pieces. */
  #tail = ''
  #hasEnded = false
  #isDone = false
  #last = ''

  /** @param model the name by which the model was asked for, which is the answer's. */
  constructor(format: StreamFormat, model?: JsonValue) {
    this.#format = format
    this.#renaming = new ModelRenaming(model)
  }

  /** Whether the service has said that all is said. */
  get isDone(): boolean {
    return this.#isDone
  }

  /** Takes what arrives. @returns the events that are whole now. @throws {RangeError} when an event does not end. */
  write(chunk: Uint8Array): string {
    const text = this.#decoder.decode(chunk, { stream: true })
    // What is held back has no end in it. To search it again with each chunk would take the square of its length.
    if (wholeLength(this.#tail + text) === 0) {
      this.#hold(text)
      return ''
    }
    const given = this.#take() + text
    const length = wholeLength(given)
    this.#hold(given.slice(length))
    return this.#pass(given.slice(0, length))
  }

  #hold(text: string): void {
    this.#held.push(text)
    this.#heldLength += text.length
    this.#tail = (this.#tail + text).slice(-LONGEST_END)
    if (this.#heldLength > MAX_CHARACTERS) throw new RangeError('an event does not end')
  }

  #take(): string {
    const held = this.#held.join('')
    this.#held = []
    this.#heldLength = 0
    this.#tail = ''
    return held
  }

  /** @returns the last of it; `undefined` when it did not end, but was cut off. */
  end(): string | undefined {
    const rest = this.#take().trimEnd()
    const last = isWhole(rest) ? this.#pass(`${rest}\n\n`) : ''
    if (!this.#hasEnded) return undefined
    return this.#isDone ? last : last + this.#format.closing(this.#last)
  }

  #pass(given: string): string {
    if (given === '') return ''
    this.#isDone ||= this.#format.isDone(given)
    const isOpen = !this.#hasEnded && !this.#format.isEnd(given)
    const events = (isOpen ? this.#format.finish?.(given, this.#last) : undefined) ?? given
    this.#last = events
    this.#hasEnded ||= this.#format.isEnd(events)
    return this.#renaming.rename(events)
  }
}

/** How much of a text is whole events, each of which an empty line ends. */
function wholeLength(text: string): number {
  return Math.max(endOf(text, '\n\n'), endOf(text, '\r\n\r\n'))
}

function endOf(text: string, separator: string): number {
  const at = text.lastIndexOf(separator)
  return at === -1 ? 0 : at + separator.length
}

/** Whether an event lacks nothing but the empty line behind it. */
function isWhole(event: string): boolean {
  const data = /(?:^|\n)data: ?([^\n]*)$/.exec(event)?.[1]
  return data !== undefined && (data === '[DONE]' || parseJsonObject(data) !== undefined)
}
