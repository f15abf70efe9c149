import { costHeaders } from '@bursar/core'
import type { Recording } from './answers/recording.js'
import { answerTooLarge } from './record-response.js'
import { headersBack } from './through-headers.js'

/** Bytes of one answer that are kept for those who ask again. */
const MAX_KEPT_BYTES = 64 * 1024 * 1024

/**
 * Records the answer of an upstream as it is. One that is larger than is kept goes on for the clients that read it.
 *
 * @throws {HttpProblem} 502 when such an answer is not read any more.
 */
export async function recordThrough(recording: Recording, answer: Response): Promise<void> {
  const { status, headers } = answer
  recording.begin({ status, headers: { ...headersBack(headers), ...costHeaders(recording.costs) } })
  const tooLarge = answerTooLarge(MAX_KEPT_BYTES, recording.costs.cost ? 'settled' : 'none')
  for await (const chunk of answer.body ?? []) {
    if (chunk.byteLength > 0) recording.write(chunk)
    await recording.makeRoom(MAX_KEPT_BYTES, tooLarge)
  }
}
