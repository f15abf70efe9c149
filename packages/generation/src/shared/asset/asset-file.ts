import { createHash } from 'node:crypto'
import type { Asset } from '../job/job-state.js'
import type { JobAsset } from './asset-error.js'

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

/** The name of an asset's file: `<request id>-<item>-<asset>.<type>`. */
export function assetFileName({ requestId, asset }: JobAsset): string {
  return `${requestId}-${asset.item}-${asset.index}.${extensionOf(asset)}`
}

/** The name of the file that holds what has arrived. What came from another URL is not continued. */
export function partFileName(failed: JobAsset): string {
  const tag = createHash('sha256')
    .update(failed.asset.url ?? '')
    .digest('hex')
    .slice(0, 8)
  return `.${assetFileName(failed)}.${tag}.part`
}

/** By the announced type; a server's words never become part of a file name. */
function extensionOf({ mimeType = '', kind }: Asset): string {
  return extensions.get(mimeType) ?? (kind === 'video' ? 'mp4' : kind === 'image' ? 'png' : 'bin')
}
