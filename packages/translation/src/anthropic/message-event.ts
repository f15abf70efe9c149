import { type JsonObject, stringifyExact } from '@bursar/core'
import { chunkText } from '../chunk-text.js'
import { asObjects, asText } from '../json-fields.js'
import { unparsedInput } from './tool-input.js'

/** Writes one event of a stream of Messages. */
export function messageEvent(type: string, members: JsonObject): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...members })}\n\n`
}

/** The events of a whole block. */
export function blockEvents(block: JsonObject, index: number): readonly string[] {
  return [
    messageEvent('content_block_start', { index, content_block: emptyBlock(block) }),
    ...deltasOf(block).map((delta) => deltaEvent(index, delta)),
    messageEvent('content_block_stop', { index })
  ]
}

/** The event of a part of a block. */
export function deltaEvent(index: number, delta: JsonObject): string {
  return messageEvent('content_block_delta', { index, delta })
}

/** A block as it begins. */
export function emptyBlock(block: JsonObject): JsonObject {
  if (block.type === 'tool_use') return { ...block, input: {} }
  return block.type === 'thinking'
    ? { type: 'thinking', thinking: '', signature: '' }
    : { type: 'text', text: '' }
}

function deltasOf(block: JsonObject): readonly JsonObject[] {
  const { type, text, thinking, signature = '', input = {}, citations } = block
  if (type === 'tool_use') return [{ type: 'input_json_delta', partial_json: writtenInput(input) }]
  if (type === 'thinking')
    return [
      ...chunkText(asText(thinking)).map((chunk) => ({ type: 'thinking_delta', thinking: chunk })),
      { type: 'signature_delta', signature }
    ]
  return [
    ...chunkText(asText(text)).map((chunk) => ({ type: 'text_delta', text: chunk })),
    ...asObjects(citations).map((citation) => ({ type: 'citations_delta', citation }))
  ]
}

/** The input of a call as the model wrote it. */
function writtenInput(input: JsonObject[string]): string {
  return unparsedInput(input) ?? stringifyExact(input)
}
