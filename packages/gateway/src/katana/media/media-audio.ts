import { decodeBase64 } from './base64.js'

/** An audio file that was sent along. A URL is not fetched, so that the length behind it is unknown. */
export interface MediaAudio {
  readonly seconds?: number
}

const dataUrl = /^data:audio\/[\w.+-]{1,40};base64,/

/**
 * Reads an audio file: an HTTPS URL, a data URL or raw base64. Only the length of WAV is known.
 *
 * @returns the audio, or why it is rejected.
 */
export function readMediaAudio(value: string): MediaAudio | string {
  if (/^https:\/\//i.test(value)) return URL.canParse(value) ? {} : 'not a valid URL'
  const prefix = dataUrl.exec(value)?.[0] ?? ''
  const bytes = decodeBase64(value.slice(prefix.length))
  if (!bytes) return 'neither an HTTPS URL nor base64; local paths are not accepted'
  const seconds = wavSeconds(bytes)
  return seconds === undefined ? {} : { seconds }
}

/**
 * The length of a WAV file. Reads a canonical header of 44 bytes: bytes per second at 28, bytes of audio at 40.
 *
 * @returns undefined for any other file.
 */
export function wavSeconds(bytes: Buffer): number | undefined {
  const isWav =
    bytes.length >= 44 &&
    bytes.toString('latin1', 0, 4) === 'RIFF' &&
    bytes.toString('latin1', 36, 40) === 'data'
  const bytesPerSecond = isWav ? bytes.readUInt32LE(28) : 0
  return bytesPerSecond > 0 ? bytes.readUInt32LE(40) / bytesPerSecond : undefined
}
