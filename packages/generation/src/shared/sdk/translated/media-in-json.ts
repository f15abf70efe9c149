import { bursarErrorOf } from '@bursar/core'
import { invalidRequest } from '@bursar/translation'

/** What is said to programs in JavaScript alone, which can hand over bytes. */
const useFile = /; use file\(path\)$/

/**
 * Waits for a call whose request came as JSON, where there are texts alone.
 *
 * @throws {InvalidRequest} that says in words of JSON what is wrong with an image, a video or audio of the request.
 */
export async function inWordsOfJson<Answer>(calling: Promise<Answer>): Promise<Answer> {
  try {
    return await calling
  } catch (error) {
    throw mediaInJson(error)
  }
}

/** Everything else stays as it is. */
export function mediaInJson(error: unknown): unknown {
  const [first] = bursarErrorOf(error, 'request/invalid')?.context.violations ?? []
  if (!first?.rule.startsWith('media_')) return error
  const allowed = 'an HTTPS URL, or an image as a data URL or base64'
  return invalidRequest(`${first.message.replace(useFile, '')}. Allowed: ${allowed}`)
}
