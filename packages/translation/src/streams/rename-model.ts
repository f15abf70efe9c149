import { isJsonObject, type JsonObject, type JsonValue, parseJsonObject } from '@bursar/core'
import { asObject } from '../json-fields.js'
import { dataIn } from './data-in.js'

/**
 * Gives an answer the name of the model by which it was asked for.
 *
 * @returns the answer itself where it has that name.
 */
export function renameModel(answer: JsonObject, model: JsonValue | undefined): JsonObject {
  const hasOther = answer.model !== undefined && answer.model !== model
  return typeof model === 'string' && hasOther ? { ...answer, model } : answer
}

/** Gives the events of a stream the name of the model by which it was asked for. */
export class ModelRenaming {
  readonly #wanted: JsonValue | undefined
  /** The name that the service uses, once it is known. */
  #given: string | undefined

  constructor(wanted: JsonValue | undefined) {
    this.#wanted = wanted
  }

  rename(events: string): string {
    if (typeof this.#wanted !== 'string') return events
    this.#given ??= modelIn(events)
    if (this.#given === undefined || this.#given === this.#wanted) return events
    const [given, wanted] = [JSON.stringify(this.#given), JSON.stringify(this.#wanted)]
    // What is text within the events has other quotation marks, and is left alone.
    return events
      .replaceAll(`"model":${given}`, () => `"model":${wanted}`)
      .replaceAll(`"model": ${given}`, () => `"model": ${wanted}`)
  }
}

/** The model of the first event that names one: of a chat, of Messages or of Responses. */
function modelIn(events: string): string | undefined {
  for (const data of dataIn(events)) {
    const event = parseJsonObject(data)
    if (!isJsonObject(event)) continue
    const model = event.model ?? asObject(event.message).model ?? asObject(event.response).model
    if (typeof model === 'string') return model
  }
  return undefined
}
