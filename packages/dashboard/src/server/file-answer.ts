import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { open, realpath } from 'node:fs/promises'
import type { FilesOf, SavedFile } from '../snapshot/saved-file.js'
import { type Answer, problemAnswer } from './respond.js'

/** Larger pictures are not shown. */
const MAX_BYTES = 32 * 1024 * 1024

const gone = problemAnswer(404, 'There is no such picture, or it was changed since it was saved')

/** A picture can run nothing, wherever it is opened. */
const headers = { 'content-security-policy': "default-src 'none'; sandbox" }

/**
 * Answers with a picture of a job. The browser names a job and a number and never a path. What is sent is what was saved: a
 * regular file, not a link, with the same bytes.
 */
export async function fileAnswer(query: URLSearchParams, files: FilesOf): Promise<Answer> {
  const [job, index] = [query.get('job'), query.get('index') ?? '']
  const file = job !== null && /^\d{1,4}$/.test(index) ? (await files(job))[Number(index)] : undefined
  const bytes = file && (await readUnchanged(file).catch(() => undefined))
  const type = bytes && pictureType(bytes)
  return type === undefined ? gone : { status: 200, type, body: bytes ?? '', headers }
}

/** @returns nothing when the file is not what was saved. */
async function readUnchanged({ path, bytes, sha256 }: SavedFile): Promise<Buffer | undefined> {
  if (bytes > MAX_BYTES || (await realpath(path)) !== path) return undefined
  const file = await open(
    path,
    constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)
  )
  try {
    const stats = await file.stat()
    if (!stats.isFile() || stats.size !== bytes) return undefined
    const found = await file.readFile()
    return createHash('sha256').update(found).digest('hex') === sha256 ? found : undefined
  } finally {
    await file.close()
  }
}

/** By its first bytes: the name says nothing. */
function pictureType(bytes: Buffer): string | undefined {
  const start = bytes.toString('latin1', 0, 16)
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (start.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (/^GIF8[79]a/.test(start)) return 'image/gif'
  if (/^RIFF.{4}WEBP/s.test(start)) return 'image/webp'
  return /^.{4}ftypavi[fs]/s.test(start) ? 'image/avif' : undefined
}
