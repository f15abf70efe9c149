import { createHash } from 'node:crypto'
import { mkdir, open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Clock, RandomBytes } from '@bursar/core'
import type { Asset, JobResult } from '../job/job-state.js'
import { mediaTypeOf } from '../media/media-type.js'
import type { FetchLike } from '../service/operation.js'
import { type AssetPlace, assetError, existsError } from './asset-error.js'
import { type DownloadContext, download } from './download.js'
import { PartFile } from './part-file.js'
import type { SavedAsset, SaveOptions } from './save-options.js'

/** What saving needs of the client. */
export interface SaveContext {
  /** Where the job came from. */
  readonly service: URL
  /** Fetches without credentials and without paying. */
  readonly fetch: FetchLike
  readonly clock: Clock
  readonly random: RandomBytes
}

const HOUR_MS = 3_600_000

/**
 * Downloads what a job made into a folder, one after the other. Each is written beside its place, checked, and then
 * given its name: `<request id>-<item>-<asset>.<type>`. What breaks off is taken up by the next call.
 *
 * @throws {BursarError} `asset/*`
 */
export async function saveAssets(
  result: JobResult,
  folder: string | URL,
  options: SaveOptions,
  context: SaveContext
): Promise<readonly SavedAsset[]> {
  const directory = typeof folder === 'string' ? folder : fileURLToPath(folder)
  await mkdir(directory, { recursive: true })
  const saved: SavedAsset[] = []
  for (const asset of result.assets) {
    const place = { requestId: result.requestId, asset }
    saved.push(await saveAsset(place, directory, options, context))
  }
  return saved
}

async function saveAsset(
  place: AssetPlace,
  directory: string,
  options: SaveOptions,
  { service, fetch, clock, random }: SaveContext
): Promise<SavedAsset> {
  const { requestId, asset } = place
  const name = `${requestId}-${asset.item}-${asset.index}.${extensionOf(asset)}`
  const path = join(directory, name)
  if (await exists(path)) return keep(place, path, options)
  warn(asset, clock.nowMs(), options)
  const part = await PartFile.open(join(directory, `.${name}.${tagOf(asset)}.part`))
  try {
    await download(part, {
      ...place,
      service,
      clock,
      random,
      fetch,
      maxBytes: options.maxBytes ?? 4 * 1024 ** 3,
      stallMs: options.stallMs ?? 60_000,
      retries: options.retries ?? 3,
      onProgress: options.onProgress,
      signal: options.signal
    } satisfies DownloadContext)
    await judgeContent(part, place)
    const { bytes, mediaType } = part
    const sha256 = await finish(part, place, path)
    return { asset, path, bytes, sha256, ...(mediaType ? { mimeType: mediaType.mimeType } : {}), kept: false }
  } finally {
    await part.close()
  }
}

/** Refuses what is not what was announced. */
async function judgeContent(part: PartFile, place: AssetPlace): Promise<void> {
  const { kind, mimeType = '' } = place.asset
  const { mediaType } = part
  const isExpected = typed.test(mimeType) ? mediaType?.mimeType === mimeType : mediaType?.kind === kind
  const isIntact = await part.isIntact()
  if (isIntact && (isExpected || !judged.has(kind))) return
  await part.discard()
  const found = part.bytes === 0 ? 'nothing' : (mediaType?.mimeType ?? 'something unknown')
  const reason = `${mimeType || `a ${kind}`} was announced, and ${found} came`
  throw assetError('asset/mismatch', place, isIntact ? reason : 'another process wrote to the same file')
}

/** Kinds whose bytes can be told. */
const judged: ReadonlySet<string> = new Set(['image', 'video', 'audio'])
/** Types that are told from each other without doubt. Of sounds and films the kind is enough: containers overlap. */
const typed = /^image\/(?:png|jpeg|webp|gif)$/

async function finish(part: PartFile, place: AssetPlace, path: string): Promise<string> {
  try {
    return await part.finish(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw existsError(place, path)
    throw error
  }
}

async function keep(place: AssetPlace, path: string, { existing }: SaveOptions): Promise<SavedAsset> {
  if (existing !== 'keep') throw existsError(place, path)
  const handle = await open(path)
  try {
    const hash = createHash('sha256')
    let bytes = 0
    let mimeType: string | undefined
    for await (const chunk of handle.createReadStream({ autoClose: false })) {
      if (bytes === 0) mimeType = mediaTypeOf(chunk)?.mimeType
      bytes += chunk.length
      hash.update(chunk)
    }
    const { asset } = place
    return { asset, path, bytes, sha256: hash.digest('hex'), ...(mimeType ? { mimeType } : {}), kept: true }
  } finally {
    await handle.close()
  }
}

function warn(asset: Asset, nowMs: number, { onExpiring, warnBeforeMs = HOUR_MS }: SaveOptions): void {
  const leftMs = (asset.expiresAtMs ?? Number.POSITIVE_INFINITY) - nowMs
  if (leftMs < warnBeforeMs) onExpiring?.(asset, Math.max(0, leftMs))
}

const extensions: ReadonlyMap<string, string> = new Map([
  ['image/png', 'png'],
  ['image/jpeg', 'jpg'],
  ['image/jpg', 'jpg'],
  ['image/webp', 'webp'],
  ['image/gif', 'gif'],
  ['image/avif', 'avif'],
  ['video/mp4', 'mp4'],
  ['video/webm', 'webm'],
  ['video/quicktime', 'mov'],
  ['audio/mpeg', 'mp3'],
  ['audio/wav', 'wav']
])

/** By the announced type; a server's words never become part of a file name. */
function extensionOf({ mimeType = '', kind }: Asset): string {
  return extensions.get(mimeType) ?? (kind === 'video' ? 'mp4' : kind === 'image' ? 'png' : 'bin')
}

/** Parts of another URL are not taken up. */
function tagOf({ url = '' }: Asset): string {
  return createHash('sha256').update(url).digest('hex').slice(0, 8)
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false
  )
}
