import { isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'
import { asCount, asObject, asObjects, asText } from '../json-fields.js'
import { writtenArguments } from './read-completion.js'

/** One answer of a completion, as far as it has come. */
interface BuiltChoice {
  /** What is said of the choice beside its message, put together. */
  readonly about: Record<string, JsonValue>
  /** Members of the message, put together. */
  readonly members: Record<string, JsonValue>
  readonly calls: BuiltCall[]
  finishReason: JsonValue
}

interface BuiltCall {
  /** Where the service counts it. */
  readonly at: number
  id: string
  name: string
  /** What it is called with: the arguments of a function, or the text that a custom tool takes. */
  input: string
  isCustom: boolean
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
        ...choice.about,
        index,
        message: messageOf(choice),
        finish_reason: choice.finishReason
      })),
      ...(this.#usage ? { usage: this.#usage } : {})
    }
  }

  /** Some services end a stream with the whole message, in place of what they sent of it until then. */
  #addChoice({ index, delta, message, finish_reason: reason, ...about }: JsonObject): void {
    const at = asCount(index)
    const isWhole = !isJsonObject(delta) && isJsonObject(message)
    const choice = (isWhole ? undefined : this.#choices.get(at)) ?? newChoice()
    this.#choices.set(at, choice)
    const { tool_calls: calls, role: _, ...members } = asObject(delta ?? message)
    addAbout(choice.about, about)
    addMembers(choice.members, members)
    for (const [position, call] of asObjects(calls).entries()) addCall(choice.calls, call, position)
    if (typeof reason === 'string') choice.finishReason = reason
  }
}

function newChoice(): BuiltChoice {
  return { about: {}, members: {}, calls: [], finishReason: null }
}

/** Of what is said of a choice, the last counts, but for what comes with each token. */
function addAbout(about: Record<string, JsonValue>, more: JsonObject): void {
  const { logprobs = null, ...others } = more
  for (const [name, value] of Object.entries(others)) if (value !== null) about[name] = value
  if (isJsonObject(logprobs)) about.logprobs = joinedMembers(asObject(about.logprobs), logprobs)
}

/** Members of a message that are objects and come in pieces. Of other objects, the last counts. */
const inPieces: ReadonlySet<string> = new Set(['function_call', 'audio'])

function addMembers(members: Record<string, JsonValue>, more: JsonObject): void {
  for (const [name, value] of Object.entries(more)) {
    if (value === null) continue
    members[name] =
      inPieces.has(name) && isJsonObject(value)
        ? joinedMembers(asObject(members[name]), value)
        : joined(members[name], value)
  }
}

function joinedMembers(before: JsonObject, more: JsonObject): JsonObject {
  const members: Record<string, JsonValue> = { ...before }
  addMembers(members, more)
  return members
}

/** Texts and lists go on where they were cut. */
function joined(before: JsonValue | undefined, value: JsonValue): JsonValue {
  if (typeof before === 'string' && typeof value === 'string') return before + value
  return Array.isArray(before) && Array.isArray(value) ? [...before, ...value] : value
}

function addCall(calls: BuiltCall[], call: JsonObject, position: number): void {
  const { custom } = call
  const { name, arguments: given, input } = asObject(custom ?? call.function)
  const at = typeof call.index === 'number' ? call.index : position
  const begun = calls.findLast((each) => each.at === at)
  const isOther = begun === undefined || isAnother(begun, asText(call.id), asText(name))
  const built = isOther ? { at, id: '', name: '', input: '', isCustom: false } : begun
  if (isOther) calls.push(built)
  built.id ||= asText(call.id)
  built.name ||= asText(name)
  built.input += isJsonObject(custom) ? asText(input) : writtenArguments(given)
  built.isCustom ||= isJsonObject(custom)
}

/** Services that do not count give every call the same place. Of one call, a piece may have an id of its own, but no name. */
function isAnother(begun: BuiltCall, id: string, name: string): boolean {
  return id !== '' && name !== '' && begun.id !== '' && begun.id !== id
}

function toolCallOf({ id, name, input, isCustom }: BuiltCall): JsonObject {
  return isCustom
    ? { id, type: 'custom', custom: { name, input } }
    : { id, type: 'function', function: { name, arguments: input } }
}

function messageOf({ members, calls }: BuiltChoice): JsonObject {
  const toolCalls = [...calls].sort((a, b) => a.at - b.at).map(toolCallOf)
  const { content = null, ...others } = members
  return {
    role: 'assistant',
    content: content === '' && toolCalls.length > 0 ? null : content,
    ...others,
    ...(toolCalls.length === 0 ? {} : { tool_calls: toolCalls })
  }
}
