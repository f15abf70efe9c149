import { isBursarError, type MoneyState } from '@bursar/core'

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
export function failure(error: unknown): ToolResult {
  const { code, message, moneyState } = described(error)
  const text = `${message}\n(${code}; money: ${moneyState}${adviceFor(moneyState)})`
  return { content: [{ type: 'text', text }], isError: true }
}

function described(error: unknown): { code: string; message: string; moneyState: MoneyState } {
  if (isBursarError(error)) return error
  const message = error instanceof Error ? error.message : 'It failed'
  return { code: 'failed', message, moneyState: 'none' }
}

function adviceFor(state: MoneyState): string {
  if (state === 'none' || state === 'reserved') return ', nothing was paid'
  if (state === 'settled') return ', it is paid for: the same call again pays nothing'
  return ', it may be paid for: the same call again takes it up and does not pay twice'
}
