import type { JsonObject } from '@bursar/core'
import { objectOf, objectsIn } from './completion.js'

/** Characters of a piece: text that is had whole is handed on in some. */
const PIECE = 200

/**
 * Tells a chat completion as the stream that it would have been.
 *
 * @param includeUsage whether the client asked for a last chunk with the usage (`stream_options.include_usage`).
 * @see https://platform.openai.com/docs/api-reference/chat-streaming
 */
export function chatEvents(completion: JsonObject, includeUsage: boolean): readonly string[] {
  const { choices, usage = null, object: _, ...about } = completion
  const chunk = (more: JsonObject): JsonObject => ({
    ...about,
    object: 'chat.completion.chunk',
    ...more,
    ...(includeUsage ? { usage: null } : {})
  })
  const chunks = objectsIn(choices).flatMap((choice, at) => {
    const index = typeof choice.index === 'number' ? choice.index : at
    const finish = { index, delta: {}, finish_reason: choice.finish_reason ?? 'stop' }
    return [
      ...deltasOf(objectOf(choice.message)).map((delta) =>
        chunk({ choices: [{ index, delta, finish_reason: null }] })
      ),
      chunk({ choices: [finish] })
    ]
  })
  const last = includeUsage ? [{ ...chunk({ choices: [] }), usage }] : []
  return [...[...chunks, ...last].map((each) => dataLine(each)), 'data: [DONE]\n\n']
}

function deltasOf({
  content,
  tool_calls: calls,
  role = 'assistant',
  ...rest
}: JsonObject): readonly JsonObject[] {
  const text = typeof content === 'string' ? content : ''
  return [
    { ...rest, role, content: '' },
    ...piecesOf(text).map((piece) => ({ content: piece })),
    ...objectsIn(calls).map((call, index) => ({ tool_calls: [{ index, ...call }] }))
  ]
}

/** Cuts a text into pieces, never within a character. */
export function piecesOf(text: string): readonly string[] {
  const pieces: string[] = []
  let piece = ''
  for (const character of text) {
    piece += character
    if (piece.length < PIECE) continue
    pieces.push(piece)
    piece = ''
  }
  return piece === '' ? pieces : [...pieces, piece]
}

function dataLine(value: JsonObject): string {
  return `data: ${JSON.stringify(value)}\n\n`
}
