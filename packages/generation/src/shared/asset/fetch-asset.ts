import { discardBody } from '@bursar/core'
import type { FetchLike } from '../service/operation.js'
import { isFetchable } from '../service/origin.js'
import { isRedirect } from '../service/redirects.js'
import { assetError, type JobAsset } from './asset-error.js'

const MAX_REDIRECTS = 5

/** The request for an asset. */
export interface AssetRequest extends JobAsset {
  readonly fetch: FetchLike
  /** Where the job came from, which says what its assets may point to. */
  readonly service: URL
  readonly headers: Readonly<Record<string, string>>
  readonly signal: AbortSignal
}

/**
 * Fetches an asset without credentials. Redirects are followed here, since each hop is held to the same rules.
 *
 * @throws {BursarError} `asset/insecure`, `asset/unavailable`
 */
export async function fetchAsset(request: AssetRequest): Promise<Response> {
  const { fetch, service, headers, signal, asset } = request
  let url = parse(asset.url)
  // It came with the answer itself.
  if (url?.protocol === 'data:') return globalThis.fetch(url.href, { signal })
  for (let redirects = 0; ; redirects++) {
    if (!url) throw assetError('asset/unavailable', request, { reason: 'the service named no URL' })
    if (!isFetchable(url, service)) {
      const reason = 'its URL is not https, or points where a service may not'
      throw assetError('asset/insecure', request, { reason })
    }
    const response = await fetch(url.href, { headers, signal, redirect: 'manual', credentials: 'omit' })
    const location = isRedirect(response) ? response.headers.get('location') : null
    if (location === null) return response
    discardBody(response)
    if (redirects === MAX_REDIRECTS)
      throw assetError('asset/unavailable', request, { reason: 'it is redirected too often' })
    url = parse(location, url)
  }
}

function parse(text: string | undefined, base?: URL): URL | undefined {
  return text !== undefined && URL.canParse(text, base?.href) ? new URL(text, base) : undefined
}
