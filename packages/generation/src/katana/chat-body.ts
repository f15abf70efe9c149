import { isJsonObject, type JsonObject } from '@bursar/core'
import type { TextModelName } from './item.js'

/** A message, as OpenAI's chat completions have it. */
export interface ChatMessage {
  readonly role: 'system' | 'developer' | 'user' | 'assistant' | 'tool'
  readonly content?: string | readonly ChatPart[] | null
  readonly [more: string]: unknown
}

/** A part of a message's content: text, or something attached. */
export interface ChatPart {
  readonly type: string
  readonly [more: string]: unknown
}

/**
 * The body of a chat completion in OpenAI's own spelling. What is not named here is sent as it is.
 *
 * @see https://platform.openai.com/docs/api-reference/chat/create
 */
export interface ChatBody {
  readonly model: TextModelName
  readonly messages?: readonly ChatMessage[]
  /** Instead of messages: becomes one message by the user (Katana 75). */
  readonly prompt?: string
  readonly max_tokens?: number | null
  readonly max_completion_tokens?: number | null
  readonly temperature?: number | null
  /** API keys only (Katana 50). */
  readonly stream?: boolean | null
  readonly [more: string]: unknown
}

/** An attachment of a chat, and its position. */
export interface Attachment {
  readonly field: string
  readonly part: JsonObject
}

/** How much text a chat holds, and what is attached to it. */
export function chatParts({ prompt, messages = [] }: ChatBody): {
  readonly characters: number
  readonly parts: readonly Attachment[]
} {
  const contents = messages.map(({ content }) => content)
  const parts = contents.flatMap((content, index) =>
    Array.isArray(content)
      ? content.flatMap((part: unknown, at): Attachment[] =>
          isJsonObject(part) ? [{ field: `messages[${index}].content[${at}]`, part }] : []
        )
      : []
  )
  const texts = [prompt, ...contents, ...parts.map(({ part }) => (part.type === 'text' ? part.text : ''))]
  return {
    characters: texts.reduce<number>((sum, text) => sum + (typeof text === 'string' ? text.length : 0), 0),
    parts: parts.filter(({ part }) => part.type !== 'text')
  }
}
