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

/** What a host is given that stops waiting soon. It is no result of the tool, whose schema hosts check. */
export function stillRunning(): Result {
  const text =
    'The tool works on it, and is being paid. Call it again with the same arguments in a while: that does not pay again, and has the result.'
  return { content: [{ type: 'text', text }], isError: true }
}
