import type { Asset } from '../job/job-state.js'

/** How far a download is. */
export interface DownloadProgress {
  readonly asset: Asset
  readonly receivedBytes: number
  /** Absent when the server does not say. */
  readonly totalBytes?: number
}

/** How results are saved. */
export interface SaveOptions {
  /** What to do when there is a file of the name. Default `refuse`; `keep` leaves it and goes on. Nothing is overwritten. */
  readonly existing?: 'refuse' | 'keep' | undefined
  /** Is called with each chunk that arrives. */
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined
  /** Is called, before the download, for each asset whose URL works for less than `warnBeforeMs`. */
  readonly onExpiring?: ((asset: Asset, leftMs: number) => void) | undefined
  /** Default 3_600_000. */
  readonly warnBeforeMs?: number | undefined
  /** The most that one asset may hold. Default 4 GiB. */
  readonly maxBytes?: number | undefined
  /** The longest time without a byte, in milliseconds. Default 60_000. */
  readonly stallMs?: number | undefined
  /** How often an interrupted download is continued. Default 3. */
  readonly retries?: number | undefined
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
