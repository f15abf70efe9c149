import { parseJsonObject } from '@bursar/core'

/** A line of data. Its text may hold what JavaScript calls the end of a line and streams of events do not, such as U+2028. */
const LINE = /(?<![^\r\n])data: ?([^\r\n]*)/g

/** What a service says when a stream is done, as a line of its own: a model may write the same within its text. */
export const DONE_LINE: RegExp = /(?<![^\r\n])data: ?\[DONE\]/

/** The data of each line in some whole events. */
export function dataIn(events: string): readonly string[] {
  return Array.from(events.matchAll(LINE), ([, data = '']) => data)
}

/** Whether one of some whole events is of a type: what a model writes of types is within a text. */
export function hasType(events: string, types: ReadonlySet<unknown>): boolean {
  return dataIn(events).some((data) => types.has(parseJsonObject(data)?.type))
}

/** Whether a service says within these events that a stream is done. */
export function isDone(events: string): boolean {
  return DONE_LINE.test(events)
}
