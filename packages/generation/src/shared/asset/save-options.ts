import type { Asset } from '../job/job-state.js'

/** The progress of a download. */
export interface DownloadProgress {
  readonly asset: Asset
  readonly receivedBytes: number
  /** Absent when the server does not say. */
  readonly totalBytes?: number
}

/** How results are saved. */
export interface SaveOptions {
  /**
   * What to do when a file of the name exists: `refuse` throws, `keep` leaves the file and goes on. Nothing is
   * overwritten. Default: `refuse`.
   *
   * @example { existing: 'keep' }
   */
  readonly existing?: 'refuse' | 'keep' | undefined
  /**
   * Called with each chunk that arrives. Default: nothing is called.
   *
   * @example { onProgress: ({ receivedBytes }) => console.log(receivedBytes) }
   */
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined
  /**
   * Called, before the download, for each asset whose URL expires in less than `warnBeforeMs`. Default: nothing is
   * called.
   *
   * @example { onExpiring: (asset, leftMs) => console.warn(asset.url, leftMs) }
   */
  readonly onExpiring?: ((asset: Asset, leftMs: number) => void) | undefined
  /**
   * How long before an asset's URL expires `onExpiring` is called, in milliseconds. Default: 3_600_000.
   *
   * @example { warnBeforeMs: 60_000 }
   */
  readonly warnBeforeMs?: number | undefined
  /**
   * The largest asset that is saved, in bytes. Default: 4_294_967_296 (4 GiB).
   *
   * @example { maxBytes: 100 * 1024 * 1024 }
   */
  readonly maxBytes?: number | undefined
  /**
   * The longest time without a byte, in milliseconds. Default: 60_000.
   *
   * @example { stallMs: 10_000 }
   */
  readonly stallMs?: number | undefined
  /** How often an interrupted download is continued. Default: 3. @example { retries: 0 } */
  readonly retries?: number | undefined
  /**
   * Ends the downloads. Default: they end when all is saved, or one has failed.
   *
   * @example { signal: AbortSignal.timeout(600_000) }
   */
  readonly signal?: AbortSignal | undefined
}

/** An asset on disk. */
export interface SavedAsset {
  readonly asset: Asset
  readonly path: string
  readonly bytes: number
  /** Of the content, in hex. */
  readonly sha256: string
  /** What the content is by its first bytes. */
  readonly mimeType?: string
  /** Whether the file was there already; see `existing`. */
  readonly kept: boolean
}
