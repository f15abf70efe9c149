import { assetError, type JobAsset } from './asset-error.js'
import type { PartFile } from './part-file.js'

/** Kinds that are recognized by their bytes. */
const recognizable: ReadonlySet<string> = new Set(['image', 'video', 'audio'])
/** Types that differ without doubt. Of audio and video the kind is enough: containers overlap. */
const distinctType = /^image\/(?:png|jpeg|webp|gif)$/

/** Rejects, and drops, content that is not what was announced. @throws {BursarError} `asset/mismatch` */
export async function verifyContent(part: PartFile, jobAsset: JobAsset): Promise<void> {
  const { kind, mimeType = '' } = jobAsset.asset
  const { mediaType } = part
  const isExpected = distinctType.test(mimeType) ? mediaType?.mimeType === mimeType : mediaType?.kind === kind
  const isIntact = await part.isIntact()
  if (isIntact && (isExpected || !recognizable.has(kind))) return
  await part.discard()
  const found = part.bytes === 0 ? 'nothing' : (mediaType?.mimeType ?? 'something unknown')
  const reason = isIntact
    ? `${mimeType || `a ${kind}`} was announced, and ${found} came`
    : 'another process wrote to the same file'
  throw assetError('asset/mismatch', jobAsset, { reason })
}
