import { boundedText, bursarErrorOf, type JsonObject, parseJsonObject } from '@bursar/core'
import { isCompletion, noCompletionWords } from '@bursar/translation'
import { malformedAnswer } from './service-problem.js'

/** Bytes of an answer. The largest hold several images as text. */
const MAX_ANSWER_BYTES = 256 * 1024 * 1024

/**
 * Reads an answer that was paid for.
 *
 * @throws {HttpProblem} 502 when it breaks off, or is longer than any answer.
 * @throws {BursarError} when what reads it knows where the money is.
 */
export async function readAnswer(response: Response): Promise<string> {
  const text = await boundedText(response, MAX_ANSWER_BYTES).catch((error: unknown) => {
    const known = bursarErrorOf(error)
    if (known) throw known
  })
  if (text === undefined) throw malformedAnswer()
  return text
}

/** Reads an answer that was paid for. @throws {HttpProblem} 502 when it is no JSON object. */
export async function readAnswerObject(response: Response): Promise<JsonObject> {
  const answer = parseJsonObject(await readAnswer(response))
  if (!answer) throw malformedAnswer()
  return answer
}

/** Reads a completion that was paid for. @throws {HttpProblem} 502 when it is none: no model has answered. */
export async function readCompletion(response: Response): Promise<JsonObject> {
  const answer = await readAnswerObject(response)
  if (isCompletion(answer)) return answer
  throw malformedAnswer(noCompletionWords(answer))
}
