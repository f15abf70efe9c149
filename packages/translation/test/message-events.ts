import { isJsonObject, type JsonObject } from '@bursar/core'
import { expect } from 'vitest'
import { messageEvents } from '../src/anthropic/message-stream.js'

/** The data of each event of the stream of an answer. */
export function eventsOf(message: JsonObject): JsonObject[] {
  return readEvents(messageEvents(message))
}

/** The data of events of Messages. */
export function readEvents(events: readonly string[]): JsonObject[] {
  return events.map((event) => {
    const [, name, data = ''] = /^event: (\w+)\ndata: (.*)\n\n$/.exec(event) ?? []
    const value: unknown = JSON.parse(data)
    if (!isJsonObject(value)) expect.unreachable('an event is an object')
    expect(value.type).toBe(name)
    return value
  })
}
