import { BursarError } from '@bursar/core'
import type { Asset } from '../job/job-state.js'

/** An asset, and the job that made it. */
export interface JobAsset {
  readonly requestId: string
  readonly asset: Asset
}

type AssetErrorCode = 'asset/expired' | 'asset/unavailable' | 'asset/mismatch' | 'asset/insecure'

/** An error about a download. The job itself is done and paid for. */
export function assetError(
  code: AssetErrorCode,
  failed: JobAsset,
  { reason, cause }: { readonly reason: string; readonly cause?: unknown }
): BursarError<AssetErrorCode> {
  return new BursarError(code, {
    message: `${nameOf(failed)}: ${reason}.`,
    context: { ...contextOf(failed), reason },
    moneyState: 'settled',
    cause
  })
}

/** The error when a file already exists where an asset would be saved. */
export function existsError(failed: JobAsset, path: string): BursarError<'asset/exists'> {
  const reason = 'there is a file of this name, and nothing is overwritten'
  return new BursarError('asset/exists', {
    message: `${nameOf(failed)}: ${reason}: ${path}`,
    context: { ...contextOf(failed), reason, path },
    moneyState: 'settled'
  })
}

function contextOf({ requestId, asset }: JobAsset) {
  const host = asset.url === undefined ? '' : new URL(asset.url).host
  return { requestId, item: asset.item, asset: asset.index, host }
}

function nameOf({ requestId, asset }: JobAsset): string {
  return `Asset ${asset.index} of item ${asset.item} of job ${requestId}`
}
