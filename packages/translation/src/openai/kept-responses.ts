import type { Clock, JsonObject, JsonValue } from '@bursar/core'
import { asObjects, asText } from '../json-fields.js'
import { type AnsweredBefore, inputItems } from './resolve-references.js'

/** How long answers are kept, and how much of them. */
export interface KeepOptions {
  readonly clock: Pick<Clock, 'nowMs'>
  readonly keepMs: number
  /** Characters of all that is kept, as JSON. Default: 16 million. */
  readonly maxLength?: number
}

/** An answer that is kept. */
interface Kept {
  readonly agent: string
  readonly atMs: number
  readonly length: number
  readonly items: readonly JsonObject[]
  /** Absent where the request said `store: false`. */
  readonly conversation: readonly JsonValue[] | undefined
}

/** Answers of Responses, to which later requests of the same agent may refer. The oldest are forgotten first. */
export class KeptResponses {
  /** By id, oldest first. */
  readonly #kept = new Map<string, Kept>()
  /** The answer that an item is part of. */
  readonly #answerOf = new Map<string, string>()
  readonly #options: KeepOptions
  #length = 0

  constructor(options: KeepOptions) {
    this.#options = options
  }

  /**
   * Keeps an answer.
   *
   * @param request whose references are resolved.
   */
  keep(agent: string, request: JsonObject, response: JsonObject): void {
    const items = asObjects(response.output)
    const own = inputItems(request.input)
    const conversation = request.store === false ? undefined : [...own, ...items]
    const length = JSON.stringify(conversation ?? items).length
    const id = asText(response.id)
    this.#kept.set(id, { agent, atMs: this.#options.clock.nowMs(), length, items, conversation })
    for (const item of items) this.#answerOf.set(asText(item.id), id)
    this.#length += length
    this.#forgetOld()
  }

  /** What an agent was answered. */
  of(agent: string): AnsweredBefore {
    return {
      item: (id) => this.#find(agent, this.#answerOf.get(id))?.items.find((item) => item.id === id),
      conversation: (id) => this.#find(agent, id)?.conversation
    }
  }

  #find(agent: string, id: string | undefined): Kept | undefined {
    this.#forgetOld()
    const kept = id === undefined ? undefined : this.#kept.get(id)
    return kept?.agent === agent ? kept : undefined
  }

  #forgetOld(): void {
    const { clock, keepMs, maxLength = 16_000_000 } = this.#options
    const untilMs = clock.nowMs() - keepMs
    for (const [id, { atMs, length, items }] of this.#kept) {
      if (atMs > untilMs && this.#length <= maxLength) return
      this.#kept.delete(id)
      this.#length -= length
      for (const item of items) this.#answerOf.delete(asText(item.id))
    }
  }
}
