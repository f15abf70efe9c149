/** As long as one line, and the data of one event, may be. */
const MAX_CHARACTERS = 4 * 1024 * 1024

/**
 * The `data` of each server-sent event.
 *
 * @throws {RangeError} when a line or an event does not end.
 * @see HTML Standard, section 9.2.6
 */
export async function* eventData(body: ReadableStream<Uint8Array>): AsyncGenerator<string, void, undefined> {
  let data: string[] = []
  let length = 0
  for await (const line of linesOf(body)) {
    if (line.startsWith('data:')) {
      data.push(line.slice(line[5] === ' ' ? 6 : 5))
      length += line.length
      if (length > MAX_CHARACTERS) throw new RangeError('an event does not end')
    } else if (line === '' && data.length > 0) {
      yield data.join('\n')
      data = []
      length = 0
    }
  }
}

/** Lines end with CRLF, LF or CR; what follows the last of them is no line. */
async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder()
  const reader = body.getReader()
  let text = ''
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      text += decoder.decode(read.value, { stream: true })
      if (text.length > MAX_CHARACTERS) throw new RangeError('a line does not end')
      // A CR at the very end may be half of a CRLF.
      const lines = text.split(/\r\n|\n|\r(?!$)/)
      text = lines.pop() ?? ''
      yield* lines
    }
  } finally {
    // Not waited for: a body may never say that it was cancelled.
    reader.cancel().catch(() => undefined)
  }
}
