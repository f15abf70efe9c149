import type { JsonObject, JsonValue } from '@bursar/core'

/** A call of a tool that a scripted reply makes. */
export interface ScriptedToolCall {
  readonly name: string
  /** The arguments. They are sent as JSON text, as OpenAI's API does. */
  readonly arguments: JsonObject
  /** Default: a new id for every call. */
  readonly id?: string
}

/** One reply of the model. Give at least one field. */
export interface ReplyContent {
  readonly content?: string
  /** Content that is JSON: structured output. */
  readonly json?: JsonValue
  readonly toolCalls?: readonly ScriptedToolCall[]
  /** The model refuses, as OpenAI's API reports it: in `refusal`, and without content. */
  readonly refusal?: string
  /** Text in `reasoning_content`. Its tokens are counted and charged. */
  readonly reasoning?: string
  /**
   * The reply ends where it stands, as at the most that the model writes: `finish_reason` is `length`, and of the last
   * tool call's arguments only the first half is sent. Default: false.
   */
  readonly isCut?: boolean
}

/** A scripted reply, or a function that makes it from the body of the request. */
export type ScriptedReply = ReplyContent | ((request: JsonObject) => ReplyContent)
