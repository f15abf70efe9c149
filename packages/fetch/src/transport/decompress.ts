import { addAbortSignal, type Duplex, pipeline, Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib'

/** The same value as in Node's fetch. */
export const ACCEPT_ENCODING = 'gzip, deflate, br'

/** As many codings as fetch decodes. Each costs memory, and a head has room for thousands. */
const MAX_CODINGS = 5

/** The low half of a zlib stream's first byte names its method, and deflate is the only one. */
const ZLIB_DEFLATE = 8

/**
 * Creates the decoder of a coding. Some servers send deflate without the zlib header, which only the first byte shows.
 */
type CreateDecoder = (firstByte: number) => Duplex

const decoders: ReadonlyMap<string, CreateDecoder> = new Map<string, CreateDecoder>([
  ['gzip', () => createGunzip()],
  ['x-gzip', () => createGunzip()],
  ['deflate', (first) => ((first & 0x0f) === ZLIB_DEFLATE ? createInflate() : createInflateRaw())],
  ['br', () => createBrotliDecompress()]
])

/** Whether a body has content codings that fetch decodes. */
export function isCompressed(contentEncoding: string | undefined): boolean {
  return contentEncoding !== undefined && decodersOf(contentEncoding).length > 0
}

/**
 * Decodes the content codings of a body, the last applied first, as fetch does.
 *
 * @param signal ends it. A short body may unpack for hours, into nothing that a reader would see.
 * @see RFC 9110, section 8.4
 */
export function decompress(
  chunks: AsyncIterable<Uint8Array>,
  contentEncoding: string,
  signal: AbortSignal
): AsyncIterable<Uint8Array> {
  return decodersOf(contentEncoding).reduceRight((coded, create) => decode(coded, create, signal), chunks)
}

async function* decode(
  chunks: AsyncIterable<Uint8Array>,
  createDecoder: CreateDecoder,
  signal: AbortSignal
): AsyncGenerator<Uint8Array, void> {
  const iterator = chunks[Symbol.asyncIterator]()
  const first = await iterator.next()
  if (first.done) return
  const decoder = createDecoder(first.value[0] ?? 0)
  // A failure on either side destroys both, and reaches the reader through the decoder.
  pipeline(Readable.from(continued(first.value, iterator)), addAbortSignal(signal, decoder), () => {})
  try {
    yield* decoder
  } catch (failure) {
    throw signal.aborted ? signal.reason : failure
  }
}

async function* continued(
  first: Uint8Array,
  rest: AsyncIterator<Uint8Array>
): AsyncGenerator<Uint8Array, void> {
  yield first
  yield* { [Symbol.asyncIterator]: () => rest }
}

/** One decoder for each coding; none if any coding is unknown, or there are too many: the body is then passed on unchanged. */
function decodersOf(contentEncoding: string): CreateDecoder[] {
  const codings = contentEncoding.split(',').map((coding) => coding.trim().toLowerCase())
  const known = codings.flatMap((coding) => decoders.get(coding) ?? [])
  return known.length === codings.length && known.length <= MAX_CODINGS ? known : []
}
