import { BursarError } from '@bursar/core'
import type { Asset } from '../job/job-state.js'

/** Which asset of which job. */
export interface AssetPlace {
  readonly requestId: string
  readonly asset: Asset
}

type AssetErrorCode = 'asset/expired' | 'asset/unavailable' | 'asset/mismatch' | 'asset/insecure'

/** An error about a download. The job itself is done and paid for. */
export function assetError(
  code: AssetErrorCode,
  place: AssetPlace,
  reason: string,
  cause?: unknown
): BursarError<AssetErrorCode> {
  return new BursarError(code, {
    message: `${nameOf(place)} of job ${place.requestId}: ${reason}.`,
    context: { ...contextOf(place), reason },
    moneyState: 'settled',
    cause
  })
}

/** The error for a file that is in the way. */
export function existsError(place: AssetPlace, path: string): BursarError<'asset/exists'> {
  const reason = 'there is a file of this name, and nothing is overwritten'
  return new BursarError('asset/exists', {
    message: `${nameOf(place)} of job ${place.requestId}: ${reason}: ${path}`,
    context: { ...contextOf(place), reason, path },
    moneyState: 'settled'
  })
}

function contextOf({ requestId, asset }: AssetPlace) {
  const host = asset.url === undefined ? '' : new URL(asset.url).host
  return { requestId, item: asset.item, asset: asset.index, host }
}

function nameOf({ asset }: AssetPlace): string {
  return `Asset ${asset.index} of item ${asset.item}`
}
