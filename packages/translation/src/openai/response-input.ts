import { isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'
import { invalidRequest } from '../invalid-request.js'
import { asText } from '../json-fields.js'
import { separateAttachments } from '../tool-results.js'
import { customArguments } from './custom-tool.js'
import { noCounterpart } from './no-counterpart.js'
import { reasoningText } from './reasoning-item.js'
import { itemType } from './response-item.js'
import { toContent } from './response-parts.js'
import { namedTool, type ResponseTools, unfoldAll } from './response-tools.js'
import { foundText, searchArguments } from './tool-search.js'
import { Turns } from './turns.js'

/** An item of the input, and what names it in an error. */
interface InputItem {
  readonly item: JsonObject
  readonly field: string
}

/** Translates the input of Responses into messages of a chat. @throws {InvalidRequest} */
export function inputToMessages(
  input: JsonValue | undefined,
  { names }: Pick<ResponseTools, 'names'>
): readonly JsonObject[] {
  if (typeof input === 'string') return [{ role: 'user', content: input }]
  const turns = new Turns()
  const nameOf = (item: JsonObject): string => names.nameOf(namedTool(item))
  for (const [index, item] of (Array.isArray(input) ? input : []).entries()) {
    const field = `input[${index}]`
    if (!isJsonObject(item)) throw invalidRequest(`${field} must be an object`)
    addItem(turns, { item, field }, nameOf)
  }
  return separateAttachments(turns.end())
}

function addItem(turns: Turns, { item, field }: InputItem, nameOf: (item: JsonObject) => string): void {
  const type = itemType(item)
  if (type === 'message') addMessage(turns, { item, field })
  else if (type === 'reasoning') turns.addReasoning(reasoningText(item))
  else if (type === 'function_call') turns.addCall(toCall(item, nameOf(item), asText(item.arguments) || '{}'))
  else if (type === 'custom_tool_call')
    turns.addCall(toCall(item, nameOf(item), customArguments(asText(item.input))))
  else if (type === 'function_call_output' || type === 'custom_tool_call_output')
    turns.addOther(toResult(item, field))
  else if (type === 'tool_search_call' && isByClient(item))
    turns.addCall(toCall(item, nameOf(item), searchArguments(item)))
  else if (type === 'tool_search_output' && isByClient(item))
    turns.addOther(toFound(item, unfoldAll(item.tools).map(nameOf)))
  else if (type !== 'additional_tools') throw notTranslated(type, field)
}

function addMessage(turns: Turns, { item, field }: InputItem): void {
  const { role = 'user' } = item
  const content = toContent(item.content, `${field}.content`)
  if (role === 'assistant') turns.addAssistant({ role, content: joinedWhenOne(content) })
  // Every service knows the role `system`; `developer` is the same by the name that OpenAI gives it.
  else if (role === 'system' || role === 'developer')
    turns.addOther({ role: 'system', content: joinedWhenOne(content) })
  else if (role === 'user') turns.addOther({ role, content })
  else throw invalidRequest(`${field}.role must be user, assistant, system or developer`)
}

/** Not every service takes a list of one text where the model or the system speaks. */
function joinedWhenOne(content: string | readonly JsonObject[]): string | readonly JsonObject[] {
  if (typeof content === 'string') return content
  const [first] = content
  return content.length === 1 && first?.type === 'text' ? asText(first.text) : content
}

function toCall({ call_id: id }: JsonObject, name: string, given: string): JsonObject {
  return { id: id ?? '', type: 'function', function: { name, arguments: given } }
}

function toResult({ call_id: id, output }: JsonObject, field: string): JsonObject {
  return { role: 'tool', tool_call_id: id ?? '', content: toContent(output, `${field}.output`) }
}

/** What OpenAI found itself names no call. */
function isByClient({ execution }: JsonObject): boolean {
  return execution !== 'server'
}

function toFound({ call_id: id }: JsonObject, names: readonly string[]): JsonObject {
  return { role: 'tool', tool_call_id: id ?? '', content: foundText(names) }
}

function notTranslated(type: string, field: string): Error {
  const allowed =
    type === 'item_reference'
      ? 'send the item itself'
      : 'only messages, reasoning, function calls and custom tool calls, and their outputs, can be used'
  return noCounterpart(`${field} of type ${type.slice(0, 40)}`, allowed)
}
