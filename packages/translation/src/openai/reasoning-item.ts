import type { JsonObject, JsonValue } from '@bursar/core'
import { asObjects, asText } from '../json-fields.js'

/**
 * Begins what this package writes as `encrypted_content`. It hides nothing: the summary beside it holds the same words.
 * It brings them back where a client keeps only this.
 */
const OWN = 'bursar:'

/** Whether a request wants reasoning in a form that it can send again. */
export function wantsEncrypted({ include }: JsonObject): boolean {
  return Array.isArray(include) && include.includes('reasoning.encrypted_content')
}

/** What a service told of its reasoning, as an item of Responses. */
export function reasoningItem(id: string, text: string, isEncrypted: boolean): JsonObject {
  return {
    id,
    type: 'reasoning',
    summary: [{ type: 'summary_text', text }],
    ...(isEncrypted ? { encrypted_content: OWN + text } : {})
  }
}

/** The words of such an item. What another service has encrypted cannot be read, and is left out. */
export function reasoningText({ encrypted_content: encrypted, content, summary }: JsonObject): string {
  if (typeof encrypted === 'string' && encrypted.startsWith(OWN)) return encrypted.slice(OWN.length)
  return joinParts(content) || joinParts(summary)
}

function joinParts(parts: JsonValue | undefined): string {
  return asObjects(parts)
    .map(({ text }) => asText(text))
    .filter((text) => text !== '')
    .join('\n\n')
}
