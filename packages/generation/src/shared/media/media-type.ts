/** A media type that was found by a signature. */
export interface MediaType {
  readonly kind: 'image' | 'audio' | 'video'
  readonly mimeType: string
}

interface Signature extends MediaType {
  /** Text at an offset. If there are two, both must match. */
  readonly marks: readonly (readonly [offset: number, text: string])[]
}

function signaturesOf(kind: MediaType['kind']) {
  return (mimeType: string, ...marks: Signature['marks']): Signature => ({ kind, mimeType, marks })
}

const image = signaturesOf('image')
const audio = signaturesOf('audio')
const video = signaturesOf('video')

/** The first that fits counts, so brands of one container come before the container. */
const signatures: readonly Signature[] = [
  image('image/png', [0, '\x89PNG\r\n\x1a\n']),
  image('image/jpeg', [0, '\xff\xd8\xff']),
  image('image/webp', [0, 'RIFF'], [8, 'WEBP']),
  image('image/gif', [0, 'GIF8']),
  image('image/avif', [4, 'ftypavif']),
  image('image/heic', [4, 'ftyphei']),
  image('image/heif', [4, 'ftypmif1']),
  audio('audio/wav', [0, 'RIFF'], [8, 'WAVE']),
  audio('audio/mpeg', [0, 'ID3']),
  audio('audio/mpeg', [0, '\xff\xfb']),
  audio('audio/mpeg', [0, '\xff\xf3']),
  audio('audio/mpeg', [0, '\xff\xf2']),
  audio('audio/mpeg', [0, '\xff\xfa']),
  audio('audio/aac', [0, '\xff\xf1']),
  audio('audio/aac', [0, '\xff\xf9']),
  audio('audio/flac', [0, 'fLaC']),
  audio('audio/ogg', [0, 'OggS']),
  audio('audio/mp4', [4, 'ftypM4A']),
  video('video/quicktime', [4, 'ftypqt']),
  video('video/mp4', [4, 'ftyp']),
  video('video/webm', [0, '\x1a\x45\xdf\xa3'])
]

/** As many bytes as the signatures reach. */
const SIGNATURE_BYTES = 16

/** The media type of bytes, by their signature and not by their label; `undefined` when the signature is unknown. */
export function mediaTypeOf(bytes: Uint8Array): MediaType | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, SIGNATURE_BYTES))
  const found = signatures.find(({ marks }) => marks.every(([at, text]) => head.startsWith(text, at)))
  return found && { kind: found.kind, mimeType: found.mimeType }
}
