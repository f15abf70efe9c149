import { isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'
import { listOf, shown } from '../../shared/checks/invalid-request.js'
import type { Catalogue, InputType, TextModel } from '../catalogue/model.js'
import { type Attachment, type ChatBody, chatParts } from '../chat-body.js'
import { checkChatFields } from './chat-fields.js'
import { mediaRule } from './shared-rules.js'
import type { Violation } from './violation.js'

/** What each kind of part is called in the catalogue. */
const inputTypes: ReadonlyMap<JsonValue | undefined, InputType> = new Map([
  ['image_url', 'image'],
  ['input_audio', 'audio'],
  ['file', 'file'],
  ['video_url', 'video']
])
/** What the model said itself, as OpenAI's API writes it. */
const ownTypes: readonly (JsonValue | undefined)[] = ['refusal', 'reasoning', 'thinking']

/**
 * Checks a chat (Katana 75, 86, 88 and 89). A model that the catalogue does not list is let through, and its images are
 * checked: text models come and go faster than versions of this package.
 */
export function checkChat(body: ChatBody, { texts }: Pick<Catalogue, 'texts'>): readonly Violation[] {
  const model = texts.find(({ name }) => name === body.model)
  return [
    ...checkChatFields(body),
    ...checkMessages(body),
    ...(model ? checkMaxTokens(body, model) : []),
    ...chatParts(body).parts.flatMap((attachment) => checkAttachment(attachment, model))
  ]
}

function checkMessages({ messages, prompt }: ChatBody): readonly Violation[] {
  if (messages === undefined ? typeof prompt === 'string' && prompt !== '' : messages.length > 0) return []
  const message = 'There is nothing to answer'
  return [
    { field: 'messages', rule: 'messages_missing', message, allowed: 'one message at least, or a prompt' }
  ]
}

function checkMaxTokens(body: ChatBody, { name, maxOutputTokens: most }: TextModel): readonly Violation[] {
  return (['max_tokens', 'max_completion_tokens'] as const).flatMap((field) => {
    const limit = body[field]
    if (limit === undefined || limit === null) return []
    if (Number.isSafeInteger(limit) && limit > 0 && limit <= (most ?? limit)) return []
    const allowed = most === undefined ? 'a whole number above 0' : `1 to ${most}`
    return [{ field, rule: 'max_tokens' as const, message: `${name} cannot write ${limit} tokens`, allowed }]
  })
}

function checkAttachment({ field, part }: Attachment, model: TextModel | undefined): readonly Violation[] {
  const kind = inputTypes.get(part.type)
  if (!kind && !ownTypes.includes(part.type)) return [unknownPart(field, part)]
  if (model && kind && !model.reads.includes(kind)) {
    const message = `${model.name} does not read ${kind === 'audio' ? 'audio' : `${kind}s`}`
    return [{ field, rule: 'input_unsupported', message, allowed: listOf(model.reads) }]
  }
  if (kind !== 'image') return []
  const url = isJsonObject(part.image_url) ? part.image_url.url : undefined
  return mediaRule(`${field}.image_url.url`, url, 'image')
}

/** A part that the service would not read (Katana 88): one SDK writes a picture of a tool's result in a way of its own. */
function unknownPart(field: string, { type = null }: JsonObject): Violation {
  const message = `A part of a message cannot be ${shown(type)}`
  return {
    field: `${field}.type`,
    rule: 'input_unsupported',
    message,
    allowed: listOf(['text', ...[...inputTypes.keys()].map(String)])
  }
}
