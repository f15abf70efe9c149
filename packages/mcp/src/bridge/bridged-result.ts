import { isJsonObject } from '@bursar/core'
import type { Result } from '@modelcontextprotocol/sdk/types.js'
import type { Outcome } from '../calls/call-record.js'
import { resultOf } from '../tool-output.js'

/** What a host is given of a call that was paid for: the tool's own result, and a text that says what it cost and what is left. */
export function bridgedResult(outcome: Outcome): Result {
  if ('failure' in outcome) return resultOf(outcome)
  const { result, ...money } = outcome.output
  const own = isJsonObject(result) ? result : {}
  const content = Array.isArray(own.content) ? own.content : []
  return { ...own, content: [...content, { type: 'text', text: JSON.stringify(money) }] }
}

/**
 * Bytes of a message that hosts read: the official client closes its connection at a message of 10 MiB over standard input and
 * output, and has no tools any more.
 */
export const MAX_MESSAGE_BYTES = 9.5 * 1024 * 1024

/** What a call says that it has paid. Absent: nothing, as where the server lets in for free who asks to pay. */
export function paidBy(outcome: Outcome): string | undefined {
  const { paid } = 'output' in outcome ? outcome.output : {}
  return typeof paid === 'string' ? paid : undefined
}

/**
 * What a host is given in place of a result that it could not read. `undefined` for every other result.
 *
 * @param paid what was paid for it, in words. Absent: nothing.
 */
export function unreadable(result: object, paid?: string): Result | undefined {
  const bytes = Buffer.byteLength(JSON.stringify(result))
  if (bytes <= MAX_MESSAGE_BYTES) return undefined
  const money =
    paid === undefined
      ? 'Nothing was paid for it.'
      : `Paid: ${paid}. The same arguments do not pay again within a day: call it with others, for less at once.`
  const text = `The tool answered with ${bytes} bytes, more than hosts read in one message. ${money}`
  return { content: [{ type: 'text', text }], isError: true }
}

/** What a host is given that stops waiting soon. It is no result of the tool, whose schema hosts check. */
export function stillRunning(): Result {
  const text =
    'The tool works on it, and is being paid. Call it again with the same arguments in a while: that does not pay again, and has the result.'
  return { content: [{ type: 'text', text }], isError: true }
}
