import { isJsonObject, type JsonObject, parseJsonObject } from '@bursar/core'
import { asObject, asText, definedMembers } from '../json-fields.js'

const parameters = {
  type: 'object',
  properties: { input: { type: 'string', description: 'The whole input, as plain text' } },
  required: ['input'],
  additionalProperties: false
}

/** A custom tool, which takes a text, as a function with one parameter. Its grammar is told in words. */
export function customFunction({ description, format }: JsonObject, name: string): JsonObject {
  const words = [asText(description), 'The input is plain text.', grammarOf(asObject(format))]
  return {
    type: 'function',
    function: definedMembers({
      name,
      description: words.filter((each) => each !== '').join('\n\n'),
      parameters
    })
  }
}

function grammarOf({ type, syntax, definition }: JsonObject): string {
  return type === 'grammar'
    ? `The input must match this grammar (${asText(syntax)}):\n${asText(definition)}`
    : ''
}

/** The arguments of a call of such a function. */
export function customArguments(input: string): string {
  return JSON.stringify({ input })
}

/** The input of a custom tool in the arguments of a call. A model may write the input alone. */
export function customInput(given: string): string {
  const value = parseJsonObject(given)
  return isJsonObject(value) && typeof value.input === 'string' ? value.input : given
}
