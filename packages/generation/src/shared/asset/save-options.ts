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
  /** What to do when the file is there already. Default `refuse`; `keep` leaves it and goes on. Never overwrites. */
  readonly existing?: 'refuse' | 'keep'
  readonly onProgress?: (progress: DownloadProgress) => void
  /** Told of each asset that has less than `warnBeforeMs` to live, before it is fetched. */
  readonly onExpiring?: (asset: Asset, leftMs: number) => void
  /** Default 3_600_000. */
  readonly warnBeforeMs?: number
  /** The most that one asset may hold. Default 4 GiB. */
  readonly maxBytes?: number
  /** How long no byte may come. Default 60_000. */
  readonly stallMs?: number
  /** How often a download that breaks off is taken up. Default 3. */
  readonly retries?: number
  readonly signal?: AbortSignal
}

/** An asset on disk. */
export interface SavedAsset {
  readonly asset: Asset
  readonly path: string
  readonly bytes: number
  /** Of the content, in hex. */
  readonly sha256: string
  /** What the content is, told by its first bytes. */
  readonly mimeType?: string
  /** Whether the file was there already; see `existing`. */
  readonly kept: boolean
}
