import { audioSecondsOf } from './audio-length.js'
import { decodeBase64 } from './base64.js'
import { canReadSize, imageSizeOf } from './image-size.js'
import { mediaTypeOf } from './media-type.js'
import { UnreadableMedia } from './unreadable-media.js'

/** A value that may be sent. */
export interface AcceptedMedia {
  /** Of audio whose bytes are available. */
  readonly seconds?: number
}

/** A value that may not be sent. */
export interface RejectedMedia {
  readonly problem: 'media_scheme' | 'media_encoding' | 'media_corrupt' | 'media_kind' | 'media_too_large'
  readonly message: string
}

/** What a request can hold of one image or audio file. */
export const MAX_MEDIA_BYTES = 48 * 1024 * 1024
/** Checks the size of what is to be read, before it is. @throws {UnreadableMedia} */
export function assertMediaSize(bytes: number): void {
  if (bytes <= MAX_MEDIA_BYTES) return
  throw new UnreadableMedia('media_too_large', `holds ${bytes} bytes, which is more than 48 MiB`)
}

const MAX_ENCODED = (MAX_MEDIA_BYTES / 3) * 4 + 256
const MAX_URL = 8192

const scheme = /^([a-z][a-z\d+.-]*):/i
const dataUrl = /^data:([\w.+-]{1,60}\/[\w.+-]{1,60})(?:;[\w=.+-]{1,60})*;base64,/i
const pathLike = /^(?:[./~\\]|[a-z]:[\\/])|[\\]|\.(?:png|jpe?g|webp|gif|avif|heic|wav|mp3|m4a|ogg|flac)$/i

/**
 * Evaluates a media value as it would go over the wire: HTTPS URL, data URL or raw base64, and whether the bytes, where
 * they are available, are what the field takes (Katana 86 and 100 to 102).
 */
export function evaluateMedia(value: string, kind: 'image' | 'audio'): AcceptedMedia | RejectedMedia {
  if (/^https:/i.test(value)) return evaluateUrl(value)
  const prefix = dataUrl.exec(value)?.[0] ?? ''
  const named = scheme.exec(value)?.[1]?.toLowerCase()
  // `C:\cat.png` has no scheme, but a drive.
  if (prefix === '' && named !== undefined && named.length > 1) return rejectedScheme(named)
  if (prefix === '' && pathLike.test(value) && !isLongBase64(value)) return localPath
  if (value.length > MAX_ENCODED) return { problem: 'media_too_large', message: 'is larger than 48 MiB' }
  const bytes = decodeBase64(value.slice(prefix.length))
  if (bytes && bytes.length > 0) return evaluateBytes(bytes, kind)
  return prefix === ''
    ? { problem: 'media_encoding', message: 'is neither an HTTPS URL nor a data URL nor base64' }
    : { problem: 'media_encoding', message: 'does not hold standard base64' }
}

function evaluateUrl(value: string): AcceptedMedia | RejectedMedia {
  if (value.length <= MAX_URL && URL.canParse(value)) return {}
  return { problem: 'media_scheme', message: 'is not a valid HTTPS URL' }
}

function rejectedScheme(named: string): RejectedMedia {
  if (named === 'data') {
    return { problem: 'media_encoding', message: 'is not a data URL of the form data:<type>;base64,<data>' }
  }
  if (named === 'file') return localPath
  return {
    problem: 'media_scheme',
    message: `is a ${named.slice(0, 20)}: URL, which the service does not fetch`
  }
}

const localPath: RejectedMedia = {
  problem: 'media_scheme',
  message: 'is a path on this machine, which the service cannot reach; use file(path)'
}

/** Base64 may begin with `/`, as that of every JPEG does; no path is this long. */
function isLongBase64(value: string): boolean {
  return value.length > 256 && value.length % 4 === 0
}

function evaluateBytes(bytes: Uint8Array, kind: 'image' | 'audio'): AcceptedMedia | RejectedMedia {
  const type = mediaTypeOf(bytes)
  if (!type) return { problem: 'media_corrupt', message: `holds no ${kind} that is known` }
  if (type.kind !== kind) return { problem: 'media_kind', message: `holds ${type.mimeType}` }
  if (kind === 'image' && canReadSize(type.mimeType) && !imageSizeOf(bytes, type.mimeType)) {
    return { problem: 'media_corrupt', message: `holds a broken or cut ${type.mimeType}` }
  }
  const seconds = kind === 'audio' ? audioSecondsOf(bytes, type.mimeType) : undefined
  return seconds === undefined ? {} : { seconds }
}
