import { isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'

/** A rough measure of what one token is. */
export const CHARACTERS_PER_TOKEN = 4

/** What a model writes, and how many tokens it used. */
export interface Reply {
  readonly model: string
  readonly text: string
  readonly inputTokens: number
  readonly outputTokens: number
}

/** Replies to the last message of a request. The same message gets the same reply. */
export function replyTo(body: JsonObject, maxTokens: number): Reply {
  const messages = body.messages ?? body.input ?? ''
  const text = answerTo(textOf(lastOf(messages))).slice(0, maxTokens * CHARACTERS_PER_TOKEN)
  return {
    model: String(body.model),
    text,
    inputTokens: countTokens(textOf(messages)),
    outputTokens: Math.max(1, countTokens(text))
  }
}

/** Obeys "Reply with exactly: …", which the services' examples use. Repeats any other question. */
export function answerTo(question: string): string {
  const [, exactly] = /reply with exactly:\s*(.+)/is.exec(question) ?? []
  return exactly?.trim() ?? `You asked: ${question.trim()}`
}

/** The tokens of a text, by the rough measure. */
export function countTokens(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN)
}

/** All text in a message, or in a list of messages. */
export function textOf(value: JsonValue): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(textOf).join(' ')
  if (!isJsonObject(value)) return ''
  return textOf(value.text ?? value.content ?? '')
}

/** The last of a list of messages. Anything else is itself the message. */
export function lastOf(messages: JsonValue): JsonValue {
  return Array.isArray(messages) ? (messages.at(-1) ?? '') : messages
}

/** The words of a text, each with the space after it: the pieces in which a stream sends it. */
export function wordsOf(text: string): readonly string[] {
  return (text.match(/\S*\s*/g) ?? []).filter((word) => word !== '')
}

/** A server-sent event with a JSON value. */
export function dataEvent(value: JsonObject): string {
  return `data: ${JSON.stringify(value)}\n\n`
}

/** The event that ends a stream of OpenAI's. */
export const doneEvent = 'data: [DONE]\n\n'
