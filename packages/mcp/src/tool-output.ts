import type { Outcome } from './calls/call-record.js'
import { failureText } from './failure-text.js'

/** The results of a tool, by name. */
export type ToolOutput = Record<string, unknown>

/** A picture in the words of the protocol. */
export interface PictureContent {
  readonly type: 'image'
  readonly mimeType: string
  /** As base64. */
  readonly data: string
}

/** A tool's answer in the words of the protocol. */
export interface ToolResult {
  [key: string]: unknown
  content: ({ type: 'text'; text: string } | PictureContent)[]
  structuredContent?: ToolOutput
  isError?: boolean
}

/** Runs a tool. A failure is a result too, and says what happened to the money. */
export async function toResult(running: Promise<ToolOutput>): Promise<ToolResult> {
  return running.then(
    (output) => resultOf({ output }),
    (error: unknown) => resultOf({ failure: failureText(error) })
  )
}

/** The same in both forms: hosts show a model one of them. */
export function resultOf(outcome: Outcome): ToolResult {
  if ('failure' in outcome) return { content: [{ type: 'text', text: outcome.failure }], isError: true }
  const { output } = outcome
  return {
    content: [{ type: 'text', text: JSON.stringify(output, undefined, 1) }],
    structuredContent: output
  }
}
