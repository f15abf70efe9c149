import { bursarErrorOf } from '@bursar/core'
import { FailedCall } from './spend-report.js'

/** What a tool answers: words for the model, and the same for programs. */
export interface ToolResult {
  [key: string]: unknown
  content: { type: 'text'; text: string }[]
  structuredContent?: Record<string, unknown>
  isError?: boolean
}

/** What a tool found out, by name. */
export type Facts = Record<string, unknown>

/** Tells an outcome. */
export function told(value: Facts): ToolResult {
  return { content: [{ type: 'text', text: JSON.stringify(value, undefined, 1) }], structuredContent: value }
}

/** Tells a failure with what happened to the money, so that a model does not just try again. */
export function failure(failed: unknown): ToolResult {
  const error = failed instanceof FailedCall ? failed.cause : failed
  const message = error instanceof Error ? error.message : 'It failed'
  const code = bursarErrorOf(error)?.code ?? 'failed'
  const text = `${message}\n(${code}; ${moneyWords(failed, error)})`
  return { content: [{ type: 'text', text }], isError: true }
}

function moneyWords(failed: unknown, error: unknown): string {
  // A tool that spends nothing.
  if (!(failed instanceof FailedCall)) return 'nothing was paid'
  const { spent, job } = failed
  if (job !== undefined)
    return `${spent} USDC are paid; check_job ${job} has what was bought. Do not buy it again`
  if (spent === '0') return 'nothing was paid'
  const isUnresolved = bursarErrorOf(error)?.code.startsWith('payment/')
  return isUnresolved
    ? `${spent} USDC may be paid; the same call again takes it up and does not pay twice`
    : `${spent} USDC are paid or may be; the same call again may pay anew`
}
