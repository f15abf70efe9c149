import { type Duplex, pipeline, Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'

/** What is asked for, as Node's own fetch does. */
export const ACCEPT_ENCODING = 'gzip, deflate, br'

/** Whether a body has a content coding that fetch is to undo. */
export function isCompressed(contentEncoding: string | undefined): boolean {
  return contentEncoding !== undefined && decoderOf(contentEncoding) !== undefined
}

/** Undoes the content coding of a body, as fetch does. */
export async function* decompress(
  chunks: AsyncIterable<Uint8Array>,
  contentEncoding: string
): AsyncGenerator<Uint8Array, void> {
  const decoder = decoderOf(contentEncoding)?.()
  if (!decoder) return yield* chunks
  // A failure on either side destroys both, and reaches the reader through the decoder.
  pipeline(Readable.from(chunks), decoder, () => {})
  for await (const chunk of decoder) yield chunk
}

function decoderOf(contentEncoding: string): (() => Duplex) | undefined {
  switch (contentEncoding.trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip
    case 'deflate':
      return createInflate
    case 'br':
      return createBrotliDecompress
    default:
      return undefined
  }
}
