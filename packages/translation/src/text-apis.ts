import type { JsonObject } from '@bursar/core'
import { assertMessagesRequest } from './anthropic/message-request.js'
import type { SentJson } from './exact-json.js'
import { withExactParts } from './exact-object.js'
import { adaptChatRequest, assertChatRequest } from './openai/chat-request.js'
import { isCompletion } from './openai/read-completion.js'
import { assertResponsesRequest } from './openai/response-request.js'
import { chatStreamFormat } from './streams/chat-stream-format.js'
import { messageStreamFormat } from './streams/message-stream-format.js'
import { responseStreamFormat } from './streams/response-stream-format.js'
import type { StreamFormat } from './streams/stream-format.js'

/** An API of texts, as far as a service that speaks it itself is asked by it. */
export interface TextApi {
  readonly stream: StreamFormat
  /** Looks at a request before anything else is done with it. @throws {InvalidRequest} that names the field. */
  readonly assertRequest: (request: JsonObject) => void
  /** Whether a whole answer is one: services answer 200 with an error, too. Absent: it is not known. */
  readonly isAnswer?: (answer: JsonObject) => boolean
  /** A request for the translation, with every digit of what it hands on. */
  readonly exact: (sent: SentJson) => JsonObject
  /**
   * A request as services take it.
   *
   * @returns the request itself where nothing has to be changed.
   */
  readonly adapt: (request: JsonObject) => JsonObject
}

const asItIs = (request: JsonObject): JsonObject => request

/** The APIs of texts by their paths behind `/v1`. */
export const textApis = {
  '/chat/completions': {
    stream: chatStreamFormat,
    assertRequest: assertChatRequest,
    isAnswer: isCompletion,
    exact: withExactParts,
    adapt: adaptChatRequest
  },
  '/messages': {
    stream: messageStreamFormat,
    assertRequest: assertMessagesRequest,
    exact: withExactParts,
    adapt: asItIs
  },
  '/responses': {
    stream: responseStreamFormat,
    assertRequest: assertResponsesRequest,
    exact: withExactParts,
    adapt: asItIs
  }
} as const satisfies Readonly<Record<string, TextApi>>

/** The API of texts at a path behind `/v1`. */
export function textApiAt(path: string): TextApi | undefined {
  return Object.entries(textApis).find(([each]) => each === path)?.[1]
}
