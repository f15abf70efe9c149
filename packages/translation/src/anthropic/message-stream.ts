import type { JsonObject } from '@bursar/core'
import { asObject, asObjects } from '../json-fields.js'
import { blockEvents, messageEvent } from './message-event.js'

/**
 * Writes an answer of Messages as the stream that it would have been.
 *
 * @see https://docs.anthropic.com/en/docs/build-with-claude/streaming
 */
export function messageEvents(message: JsonObject): readonly string[] {
  const usage = asObject(message.usage)
  const begun = {
    ...message,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { ...usage, output_tokens: 1 }
  }
  return [
    messageEvent('message_start', { message: begun }),
    ...asObjects(message.content).flatMap(blockEvents),
    ...endEvents(message)
  ]
}

/** The events with which a stream ends. What was used is said again, as the start may not have known it. */
export function endEvents({
  stop_reason: reason = null,
  stop_sequence: sequence = null,
  usage = {}
}: JsonObject): readonly string[] {
  return [
    messageEvent('message_delta', { delta: { stop_reason: reason, stop_sequence: sequence }, usage }),
    messageEvent('message_stop', {})
  ]
}
