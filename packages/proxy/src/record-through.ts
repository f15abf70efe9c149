import { bodyChunks, costHeaders } from '@bursar/core'
import type { Recording } from './answers/recording.js'
import { answerTooLarge } from './record-response.js'
import { headersBack, isToldByBody } from './through-headers.js'

/** Bytes of one answer that are kept for those who ask again. */
const MAX_KEPT_BYTES = 64 * 1024 * 1024

/**
 * Records the answer of an upstream as it is. One that is larger than is kept goes on for the clients that read it.
 *
 * @throws {HttpProblem} 502 when such an answer is not read any more.
 */
export async function recordThrough(recording: Recording, answer: Response): Promise<void> {
  const { status, headers } = answer
  let hasBegun = false
  const begin = (first?: Uint8Array): void => {
    if (hasBegun) return
    hasBegun = true
    recording.begin({ status, headers: { ...headersBack(headers, first), ...costHeaders(recording.costs) } })
  }
  if (!isToldByBody(headers)) begin()
  const tooLarge = answerTooLarge(MAX_KEPT_BYTES, recording.costs.cost ? 'settled' : 'none')
  for await (const chunk of bodyChunks(answer)) {
    if (chunk.byteLength > 0) {
      begin(chunk)
      recording.write(chunk)
    }
    await recording.makeRoom(MAX_KEPT_BYTES, tooLarge)
  }
  begin()
}
