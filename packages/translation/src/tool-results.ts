import type { JsonObject } from '@bursar/core'
import { asObjects, asText } from './json-fields.js'

/**
 * Messages of a chat in which a tool's result is a text, as every service takes it. What else is in a result (images,
 * files) goes into a message by the user, behind all results of that turn, where a model can see it.
 */
export function separateAttachments(messages: readonly JsonObject[]): readonly JsonObject[] {
  const separated: JsonObject[] = []
  let attached: readonly JsonObject[] = []
  for (const message of messages) {
    if (message.role !== 'tool' && attached.length > 0) {
      separated.push({ role: 'user', content: attached })
      attached = []
    }
    const isList = message.role === 'tool' && Array.isArray(message.content)
    if (isList) attached = [...attached, ...attachmentsOf(message)]
    separated.push(isList ? { ...message, content: textOf(message) } : message)
  }
  return attached.length === 0 ? separated : [...separated, { role: 'user', content: attached }]
}

function textOf({ content }: JsonObject): string {
  const parts = asObjects(content)
  const texts = parts.filter(({ type }) => type === 'text').map(({ text }) => asText(text))
  return texts.length === 0 && parts.length > 0 ? 'The result is in the next message.' : texts.join('\n')
}

function attachmentsOf({ tool_call_id: id, content }: JsonObject): readonly JsonObject[] {
  const others = asObjects(content).filter(({ type }) => type !== 'text')
  return others.length === 0 ? [] : [{ type: 'text', text: `From the tool call ${asText(id)}:` }, ...others]
}
