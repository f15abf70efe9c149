import { isError, isJsonObject, type JsonObject, MAX_HEADER_BYTES, parseJsonObject } from '@bursar/core'

/** A result as a server sent it. */
export type RawResult = Readonly<Record<string, unknown>>

/**
 * The x402 challenge in a tool's result; `undefined` for any other result.
 *
 * @see x402 MCP transport v2, "Payment required"
 */
export function challengeIn(result: RawResult): JsonObject | undefined {
  // The extension of MCP 2026-07-28, as far as an SDK hands it on.
  if (result.resultType === 'payment_required') return asChallenge(result.paymentRequired)
  if (result.isError !== true) return undefined
  return asChallenge(result.structuredContent) ?? asChallenge(textOf(result.content))
}

/** The x402 challenge in an error that a server answered, whatever its code. */
export function challengeInError(error: unknown): JsonObject | undefined {
  const data = isError(error) && 'data' in error ? error.data : undefined
  if (!isJsonObject(data)) return undefined
  return asChallenge(data) ?? asChallenge(data.x402)
}

function asChallenge(value: unknown): JsonObject | undefined {
  if (!isJsonObject(value)) return undefined
  return typeof value.x402Version === 'number' && Array.isArray(value.accepts) ? value : undefined
}

function textOf(content: unknown): JsonObject | undefined {
  const first: unknown = Array.isArray(content) ? content[0] : undefined
  if (!isJsonObject(first) || typeof first.text !== 'string') return undefined
  const { text } = first
  if (text.length > MAX_HEADER_BYTES || !text.includes('"x402Version"')) return undefined
  return parseJsonObject(text)
}
