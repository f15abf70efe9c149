import { isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'
import { asCount, asObject, asObjects, asText } from '../json-fields.js'

/** One answer of a completion, as far as it has come. */
interface BuiltChoice {
  /** Members of the message that are texts, put together. */
  readonly texts: Map<string, string>
  /** Other members of the message, as they came last. */
  readonly members: Record<string, JsonValue>
  readonly calls: Map<number, BuiltCall>
  finishReason: JsonValue
}

interface BuiltCall {
  id: string
  name: string
  arguments: string
}

/** Puts a chat completion together from the chunks of its stream. */
export class CompletionBuilder {
  readonly #choices = new Map<number, BuiltChoice>()
  #about: JsonObject = {}
  #usage: JsonObject | undefined

  /** Takes the next chunk. */
  add(chunk: JsonObject): void {
    const { choices, usage, object: _, ...about } = chunk
    this.#about = { ...about, ...this.#about }
    if (isJsonObject(usage)) this.#usage = usage
    for (const choice of asObjects(choices)) this.#addChoice(choice)
  }

  /** Whether every answer that has begun has ended. */
  get isComplete(): boolean {
    const choices = [...this.#choices.values()]
    return choices.length > 0 && choices.every(({ finishReason }) => finishReason !== null)
  }

  /** The completion, as it would have come whole. */
  build(): JsonObject {
    const choices = [...this.#choices].sort(([a], [b]) => a - b)
    return {
      ...this.#about,
      object: 'chat.completion',
      choices: choices.map(([index, choice]) => ({
        index,
        message: messageOf(choice),
        finish_reason: choice.finishReason
      })),
      ...(this.#usage ? { usage: this.#usage } : {})
    }
  }

  #addChoice({ index, delta, finish_reason: reason }: JsonObject): void {
    const at = asCount(index)
    const choice = this.#choices.get(at) ?? newChoice()
    this.#choices.set(at, choice)
    const { tool_calls: calls, role: _, ...members } = asObject(delta)
    for (const [name, value] of Object.entries(members)) addMember(choice, name, value)
    for (const [position, call] of asObjects(calls).entries()) addCall(choice.calls, call, position)
    if (typeof reason === 'string') choice.finishReason = reason
  }
}

function newChoice(): BuiltChoice {
  return { texts: new Map(), members: {}, calls: new Map(), finishReason: null }
}

function addMember({ texts, members }: BuiltChoice, name: string, value: JsonValue): void {
  const before = members[name]
  if (typeof value === 'string') texts.set(name, (texts.get(name) ?? '') + value)
  else if (Array.isArray(value) && Array.isArray(before)) members[name] = [...before, ...value]
  else if (value !== null) members[name] = value
}

function addCall(calls: Map<number, BuiltCall>, call: JsonObject, position: number): void {
  const index = typeof call.index === 'number' ? call.index : position
  const built = calls.get(index) ?? { id: '', name: '', arguments: '' }
  const { name, arguments: given } = asObject(call.function)
  built.id ||= asText(call.id)
  built.name ||= asText(name)
  built.arguments += asText(given)
  calls.set(index, built)
}

function messageOf({ texts, members, calls }: BuiltChoice): JsonObject {
  const toolCalls = [...calls.values()].map(({ id, ...called }) => ({
    id,
    type: 'function',
    function: called
  }))
  return {
    role: 'assistant',
    content: null,
    ...members,
    ...Object.fromEntries(texts),
    ...(toolCalls.length === 0 ? {} : { tool_calls: toolCalls })
  }
}
