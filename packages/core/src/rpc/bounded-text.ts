/**
 * The largest answer that is read. It holds some ten thousand events of an EVM token, and far more than a page of a
 * thousand Solana signatures.
 */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024

/**
 * Reads a node's answer as text.
 *
 * @throws {TypeError} when it is longer than any answer need be; the rest is not read.
 */
export async function readBoundedText(response: Response): Promise<string> {
  // A reader instead of iteration, which older Safari does not support on streams.
  const reader = response.body?.getReader()
  const decoder = new TextDecoder()
  let text = ''
  let length = 0
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined }
    if (done) return text + decoder.decode()
    length += value.length
    if (length > MAX_ANSWER_BYTES) {
      await reader?.cancel()
      throw new TypeError("The node's answer is too long")
    }
    text += decoder.decode(value, { stream: true })
  }
}
