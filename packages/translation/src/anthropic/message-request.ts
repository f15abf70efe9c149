import { isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'
import { invalidRequest } from '../invalid-request.js'
import { asObject, asText, definedMembers } from '../json-fields.js'
import { assertParameters, assertShape } from '../parameters.js'
import { readBlocks, textOf } from './content-blocks.js'
import { toChatMessages } from './message-content.js'
import { messageParameters } from './message-parameters.js'
import { readMessageTools } from './message-tools.js'
import { reasoningEffort } from './reasoning-effort.js'

/**
 * Translates a request of Anthropic's Messages into one of chat completions. What only steers the service's own workings
 * (caches, metadata) is left out. What would change the answer and has no counterpart is refused by its name.
 *
 * @throws {InvalidRequest}
 * @see https://docs.anthropic.com/en/api/messages
 */
export function messagesToChat(body: JsonObject): JsonObject {
  assertParameters(body, messageParameters)
  const { model, max_tokens: maxTokens, temperature, top_p: topP, stop_sequences: stop } = body
  return definedMembers({
    model,
    max_tokens: maxTokens,
    messages: [...systemMessages(body.system), ...toChatMessages(body.messages)],
    temperature: temperature ?? undefined,
    top_p: topP ?? undefined,
    stop: Array.isArray(stop) && stop.length > 0 ? stop : undefined,
    ...readMessageTools(body).members,
    response_format: toFormat(body),
    reasoning_effort: reasoningEffort(body)
  })
}

/** Looks at a request of Messages that a service answers itself. @throws {InvalidRequest} that names the field. */
export function assertMessagesRequest(body: JsonObject): void {
  assertShape(body, messageParameters)
  const { messages } = body
  const wrong = Array.isArray(messages) ? messages.findIndex((message) => !isJsonObject(message)) : -1
  if (wrong !== -1) throw invalidRequest(`messages[${wrong}] must be an object`)
}

function systemMessages(system: JsonValue | undefined): readonly JsonObject[] {
  if (system === undefined || system === null) return []
  const texts = readBlocks(system, 'system').map((block, index) => textOf(block, `system[${index}]`))
  const content = texts.join('\n\n')
  return content === '' ? [] : [{ role: 'system', content }]
}

/** A chat wants a name with a schema. */
function toFormat({ output_config: config, output_format: older }: JsonObject): JsonObject | undefined {
  const { type, schema } = asObject(asObject(config).format ?? older)
  if (type === undefined) return undefined
  if (type !== 'json_schema')
    throw invalidRequest(`A format of type ${asText(type).slice(0, 40)} has no counterpart`, 'unsupported')
  return { type, json_schema: { name: 'answer', strict: true, schema: schema ?? {} } }
}
