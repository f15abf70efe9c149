/**
 * The length of a WAV or MP3 in seconds; `undefined` when it cannot be measured, as that of every other format.
 */
export function audioSecondsOf(bytes: Uint8Array, mimeType: string): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (mimeType === 'audio/wav') return wavSeconds(view)
  return mimeType === 'audio/mpeg' ? mp3Seconds(view) : undefined
}

/** Bytes of samples by bytes a second. */
function wavSeconds(view: DataView): number | undefined {
  let bytesPerSecond = 0
  for (let at = 12; at + 8 <= view.byteLength; ) {
    const length = view.getUint32(at + 4, true)
    const name = view.getUint32(at)
    if (name === 0x666d7420 && at + 20 <= view.byteLength) bytesPerSecond = view.getUint32(at + 16, true)
    if (name === 0x64617461 && bytesPerSecond > 0) {
      // Streamed files give no length; then the file's own end counts.
      return Math.min(length, view.byteLength - at - 8) / bytesPerSecond
    }
    at += 8 + length + (length % 2)
  }
  return undefined
}

const LAYER_3 = 1
/** Kilobits a second, by the index in the frame header. */
const mpeg1Rates = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
const mpeg2Rates = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
const sampleRates = [44_100, 48_000, 32_000]

/** Adds up the frames, which also serves files of variable bitrate. @see ISO/IEC 11172-3, section 2.4.1.3 */
function mp3Seconds(view: DataView): number | undefined {
  let seconds = 0
  for (let at = afterId3(view); at + 4 <= view.byteLength; ) {
    const frame = readFrame(view.getUint32(at))
    if (!frame) break
    seconds += frame.seconds
    at += frame.bytes
  }
  return seconds > 0 ? seconds : undefined
}

/** An ID3v2 tag gives its length in four times seven bits. */
function afterId3(view: DataView): number {
  if (view.byteLength < 10 || view.getUint32(0) >>> 8 !== 0x494433) return 0
  return 10 + [6, 7, 8, 9].reduce((length, at) => (length << 7) | (view.getUint8(at) & 0x7f), 0)
}

function readFrame(header: number): { readonly seconds: number; readonly bytes: number } | undefined {
  if (header >>> 21 !== 0x7ff || ((header >>> 17) & 3) !== LAYER_3) return undefined
  const version = (header >>> 19) & 3
  const isMpeg1 = version === 3
  const kilobits = (isMpeg1 ? mpeg1Rates : mpeg2Rates)[(header >>> 12) & 15]
  const fullRate = sampleRates[(header >>> 10) & 3]
  if (!kilobits || !fullRate || version === 1) return undefined
  const rate = isMpeg1 ? fullRate : version === 2 ? fullRate / 2 : fullRate / 4
  const samples = isMpeg1 ? 1152 : 576
  const padding = (header >>> 9) & 1
  return { seconds: samples / rate, bytes: Math.floor((samples / 8) * ((kilobits * 1000) / rate)) + padding }
}
