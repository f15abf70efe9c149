import { attachmentsOf } from './attachments.js'
import type { PricedFile, PricedRequest } from './priced-request.js'
import { choicesOf, findTextEndpoint, outputLimitOf } from './text-endpoint.js'
import type { TokenUsage } from './token-usage.js'

/** More than any of the models sold here takes for one image. */
const TOKENS_PER_IMAGE = 16_384
/** What a model's template adds: its own preamble, and that for tools. */
const TEMPLATE_TOKENS = 256
const TOOL_TEMPLATE_TOKENS = 1024
/** The longest context of any model: nothing that it reads is longer. */
const LONGEST_CONTEXT = 2_097_152
/** Where requests set no limit to what is written: more than an image of the highest quality takes. */
const LEAST_UNLIMITED_OUTPUT = 16_384
/** Endpoints that write no text, or no more than they are given. */
const unlimitedPaths =
  /^\/(?:images\/(?:generations|edits)|videos?\/generations|embeddings|audio\/(?:speech|transcriptions|translations))$/

/** Whether the tokens of an endpoint have a bound: at one that is not known, no limit is known to hold. */
export function isPricedByTokens(path: string): boolean {
  return findTextEndpoint(path) !== undefined || unlimitedPaths.test(path)
}

/**
 * The most tokens that a request can be billed for. No tokenizer makes more tokens than there are bytes, so the input
 * is bounded by the bytes that are sent: messages, roles, tools and schemas alike. The input counts once for each
 * answer that is written.
 *
 * @param contextTokens the most that the model can read. Absent: the longest of any model counts for documents,
 * videos and references.
 * @throws {BursarError} `request/invalid` when a limit or a number of answers is no whole number above 0.
 */
export function tokenBound(request: PricedRequest, contextTokens?: number): TokenUsage {
  const endpoint = findTextEndpoint(request.path)
  const choices = endpoint ? choicesOf(endpoint, request.body) : 1
  const input = inputBound(request, contextTokens)
  const limit = endpoint && outputLimitOf(endpoint, request.body)
  const output = limit ?? Math.max(LEAST_UNLIMITED_OUTPUT, input)
  return { input: input * choices, output: output * choices, cacheRead: 0, cacheWrite: 0 }
}

function inputBound(request: PricedRequest, contextTokens: number | undefined): number {
  const { images, imageCharacters, isUnbounded } = attachmentsOf(request.body)
  if (isUnbounded) return contextTokens ?? LONGEST_CONTEXT
  const template = TEMPLATE_TOKENS + (request.body.tools === undefined ? 0 : TOOL_TEMPLATE_TOKENS)
  const text = request.bodyBytes - imageCharacters + template
  const files = request.files.reduce((sum, file) => sum + fileBound(file, request.path), 0)
  return Math.min(text + images * TOKENS_PER_IMAGE + files, contextTokens ?? Number.POSITIVE_INFINITY)
}

/** Audio has fewer tokens than bytes; a document may unfold to any length. Files need not say what they are. */
function fileBound({ mimeType, bytes }: PricedFile, path: string): number {
  if (mimeType.startsWith('image/') || path.startsWith('/images/')) return TOKENS_PER_IMAGE
  return mimeType.startsWith('audio/') || path.startsWith('/audio/') ? bytes : LONGEST_CONTEXT
}
