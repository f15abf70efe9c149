/** A sound that was sent along. What an HTTPS URL points to is not fetched: its length is not known. */
export interface MediaAudio {
  readonly seconds?: number
}

const dataUrl = /^data:audio\/[\w.+-]{1,40};base64,/
const base64 = /^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/**
 * Reads a sound: an HTTPS URL, a data URL or raw base64. Only WAV is measured.
 *
 * @returns the sound, or why it is refused.
 */
export function readMediaAudio(value: string): MediaAudio | string {
  if (/^https:\/\//i.test(value)) return URL.canParse(value) ? {} : 'not a valid URL'
  const prefix = dataUrl.exec(value)?.[0] ?? ''
  const encoded = value.slice(prefix.length)
  if (!base64.test(encoded)) return 'neither an HTTPS URL nor base64; local paths are not accepted'
  const seconds = wavSeconds(Buffer.from(encoded, 'base64'))
  return seconds === undefined ? {} : { seconds }
}

/** The canonical header of 44 bytes: bytes a second at 28, bytes of sound at 40. */
function wavSeconds(bytes: Buffer): number | undefined {
  const isWav =
    bytes.length >= 44 &&
    bytes.toString('latin1', 0, 4) === 'RIFF' &&
    bytes.toString('latin1', 36, 40) === 'data'
  const perSecond = isWav ? bytes.readUInt32LE(28) : 0
  return perSecond > 0 ? bytes.readUInt32LE(40) / perSecond : undefined
}
