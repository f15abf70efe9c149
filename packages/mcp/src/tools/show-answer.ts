import { bodyChunks, discardBody } from '@bursar/core'
import type { AnswerFiles } from '../files/answer-files.js'
import type { ToolOutput } from '../tool-output.js'

/** Characters of a body that a model is shown. */
const MAX_SHOWN = 50_000
/** Bytes that hold so many characters of UTF-8. */
const MAX_SHOWN_BYTES = MAX_SHOWN * 4

const textTypes = /^(?:text\/|application\/(?:json|xml|[\w.-]+\+(?:json|xml)))/i

/** Shows the text of an answer. What is long is cut, and what is cut or no text is saved as a file. */
export async function showAnswer(
  response: Response,
  { files, isPaid }: { readonly files: AnswerFiles; readonly isPaid: boolean }
): Promise<ToolOutput> {
  const isText = textTypes.test(response.headers.get('content-type') ?? 'text/plain')
  const chunks = bodyChunks(response)
  try {
    return await shownChunks(response, chunks, { files, isPaid, isText })
  } finally {
    // What could not be kept is read no further, and would hold its connection.
    void chunks.return()
    discardBody(response)
  }
}

/** How an answer is shown, and where it is kept. */
interface Showing {
  readonly files: AnswerFiles
  readonly isPaid: boolean
  readonly isText: boolean
}

async function shownChunks(
  response: Response,
  chunks: AsyncGenerator<Uint8Array, void, undefined>,
  { files, isPaid, isText }: Showing
): Promise<ToolOutput> {
  const start = isText ? await readStart(chunks) : { bytes: new Uint8Array(), isWhole: false }
  const text = new TextDecoder().decode(start.bytes)
  if (start.isWhole && text.length <= MAX_SHOWN) return { body: text }
  const extension = isText ? 'txt' : extensionOf(response)
  const { path, bytes, isCut } = await files.keep({ start: start.bytes, chunks }, { extension, isPaid })
  const kept = { file: path, bytes, ...(isCut ? { fileIsCut: true } : {}) }
  return isText ? { body: text.slice(0, MAX_SHOWN), cut: true, ...kept } : kept
}

/** Hosts show pictures. A server's words never become part of a file name. */
function extensionOf({ headers }: Response): string {
  const [, kind = ''] = /^image\/(png|jpeg|webp|gif)\b/i.exec(headers.get('content-type') ?? '') ?? []
  return kind === '' ? 'bin' : kind.toLowerCase().replace('jpeg', 'jpg')
}

/** Reads as much as can be shown, and leaves the rest. */
async function readStart(chunks: AsyncGenerator<Uint8Array>) {
  const read: Uint8Array[] = []
  let length = 0
  while (length <= MAX_SHOWN_BYTES) {
    const { done, value } = await chunks.next()
    if (done) return { bytes: Buffer.concat(read), isWhole: true }
    read.push(value)
    length += value.byteLength
  }
  return { bytes: Buffer.concat(read), isWhole: false }
}
