import { boundedText, isJsonObject } from '@bursar/core'
import type { FetchLike } from './operation.js'

const TIMEOUT_MS = 30_000
/** Bytes of a list; none is near it. */
const MAX_LIST_BYTES = 16 * 1024 * 1024

/** How a list is read. */
interface ListReading {
  /** Fetches without paying. Default: the platform's fetch. */
  readonly fetch?: FetchLike | undefined
  readonly timeoutMs?: number
}

/**
 * Reads the ids of a list of models in OpenAI's shape, which is free and needs no proof.
 *
 * @throws {TypeError} when it cannot be had, or is longer than any list.
 */
export async function readModels(
  url: string,
  { fetch = globalThis.fetch, timeoutMs = TIMEOUT_MS }: ListReading = {}
): Promise<readonly string[]> {
  const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs), redirect: 'error' })
  const text = await boundedText(response, MAX_LIST_BYTES)
  if (text === undefined) throw new TypeError(`The list of models has more than ${MAX_LIST_BYTES} bytes`)
  const answer: unknown = JSON.parse(text)
  const data = isJsonObject(answer) && Array.isArray(answer.data) ? answer.data : []
  return data.flatMap((model) => (isJsonObject(model) && typeof model.id === 'string' ? [model.id] : []))
}
