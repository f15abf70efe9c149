import { isLoopback } from '@bursar/core'
import { wavSeconds } from '../../katana/media/media-audio.js'

const MAX_BYTES = 15 * 1024 * 1024
const MIN_SECONDS = 3
const MAX_SECONDS = 30
const TIMEOUT_MS = 10_000

/**
 * Why a caller's own audio is rejected: it is longer than 15 MB, or a WAV file of less than 3 or more than 30 seconds
 * (OpenClaw 67). Only a loopback address is fetched. Audio anywhere else is taken as it is.
 */
export async function rejectAudioReason(audioUrl: string): Promise<string | undefined> {
  if (!URL.canParse(audioUrl)) return 'audio_url is no URL'
  if (!isLoopback(new URL(audioUrl).hostname)) return undefined
  const bytes = await fetchUpTo(audioUrl, MAX_BYTES).catch(() => undefined)
  if (!bytes) return 'audio_url cannot be fetched'
  if (bytes.length > MAX_BYTES) return 'audio_url has more than 15 MB'
  const seconds = wavSeconds(bytes) ?? MIN_SECONDS
  return seconds < MIN_SECONDS || seconds > MAX_SECONDS ? 'audio_url is 3 to 30 seconds long' : undefined
}

/** Fetches a file, and stops when it has more bytes than the limit. */
async function fetchUpTo(url: string, limit: number): Promise<Buffer | undefined> {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) })
  if (!response.ok || !response.body) return undefined
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body) {
    chunks.push(chunk)
    length += chunk.length
    if (length > limit) break
  }
  return Buffer.concat(chunks)
}
