import { isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'
import type { ReplyContent } from '@bursar/gateway'

/** Plays the model of the suite: calls the tool, says what the tool said, and writes the object where one is asked for. */
export function suiteModel(request: JsonObject): ReplyContent {
  const { messages, response_format: format, tools } = request
  const last = arrayOf(messages).at(-1)
  const said = isJsonObject(last) ? textOf(last.content ?? '') : ''
  if (isJsonObject(last) && last.role === 'tool') return { content: `The tool said: ${said}` }
  const [tool] = arrayOf(tools)
  if (isJsonObject(tool) && isJsonObject(tool.function)) return callOf(String(tool.function.name))
  if (isJsonObject(format)) return { json: { degrees: 12 } }
  return { content: /exactly: (.*)/.exec(said)?.[1] ?? said }
}

/** An SDK that is asked for an object may offer a tool that takes it. */
function callOf(name: string): ReplyContent {
  return { toolCalls: [{ name, arguments: name === 'weather' ? { city: 'Paris' } : { degrees: 12 } }] }
}

function arrayOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : []
}

function textOf(value: JsonValue): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(textOf).join('')
  return isJsonObject(value) ? textOf(value.text ?? '') : ''
}
