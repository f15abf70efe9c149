import type { JsonObject } from '@bursar/core'
import type { ReplyContent, ScriptedReply } from './scripted-reply.js'

const fields = ['content', 'json', 'toolCalls', 'refusal', 'reasoning'] as const

/** The scripted replies that are still to come. */
export class ReplyScript {
  readonly #replies: ScriptedReply[] = []
  #standing: ScriptedReply | undefined

  /** @throws {TypeError} when a reply is empty, so that a misspelled field does not pass as one. */
  add(replies: readonly ScriptedReply[]): void {
    for (const reply of replies) if (typeof reply === 'object') assertNotEmpty(reply)
    this.#replies.push(...replies)
  }

  /** @throws {TypeError} when the reply is empty. */
  keep(reply: ScriptedReply): void {
    if (typeof reply === 'object') assertNotEmpty(reply)
    this.#standing = reply
  }

  clear(): void {
    this.#replies.length = 0
    this.#standing = undefined
  }

  /** Takes the next reply, else the one that stands. */
  next(request: JsonObject): ReplyContent | undefined {
    const reply = this.#replies.shift() ?? this.#standing
    return typeof reply === 'function' ? reply(request) : reply
  }
}

function assertNotEmpty(reply: ReplyContent): void {
  if (fields.every((field) => reply[field] === undefined))
    throw new TypeError(`A scripted reply needs one of ${fields.join(', ')}`)
}
