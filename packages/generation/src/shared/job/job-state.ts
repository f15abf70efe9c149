import type { ItemFailure, JsonObject } from '@bursar/core'

/** A file that a job made, at a URL of the service. */
export interface Asset {
  /** Which item of the job, and which of its assets, both from 0. */
  readonly item: number
  readonly index: number
  readonly kind: string
  readonly mimeType?: string
  /** The deliverable, in full quality (Katana 139). Absent when the service named none. */
  readonly url?: string
  /** The service's own URL for showing the asset, where `url` is the original (Katana 139). */
  readonly displayUrl?: string
  /** A smaller image for galleries. */
  readonly thumbnailUrl?: string
  /** Videos: a short silent MP4 for galleries. */
  readonly previewUrl?: string
  /** Videos: the last frame, to continue from; see `videos.extend`. */
  readonly finalFrameUrl?: string
  readonly width?: number
  readonly height?: number
  readonly durationSeconds?: number
  /** Unix milliseconds after which the URLs no longer work. */
  readonly expiresAtMs?: number
  /** What the asset shows, where the service says. */
  readonly tags: readonly { readonly tag: string; readonly confidence?: number }[]
}

/** One item of a job. */
export interface JobItem {
  readonly index: number
  /** The service's id of the item. */
  readonly jobId?: string
  /** The service's word: `completed`, `failed`, `rejected`, or anything else while it is being made. */
  readonly status: string
  readonly assets: readonly Asset[]
  /** Why it made nothing. */
  readonly failure?: ItemFailure
  /** The service's internal name of the model (Katana 142). */
  readonly modelKey?: string
  /** Decimal credits. */
  readonly creditsSpent?: string
  /** Unix milliseconds. */
  readonly startedAtMs?: number
  readonly completedAtMs?: number
}

/** The state of a job. */
export interface JobState {
  readonly requestId: string
  /** The service's word. */
  readonly status: string
  /** Whether it will change no more. */
  readonly isDone: boolean
  readonly items: readonly JobItem[]
  /** Decimal credits, over all items. */
  readonly creditsSpent?: string
  /** Unix milliseconds. */
  readonly createdAtMs?: number
  readonly updatedAtMs?: number
  /** How long the service wants to be left alone. */
  readonly pollAfterSeconds?: number
  /** The answer of the service as it came, with the fields that have no name here. */
  readonly raw?: JsonObject
}

/** What a job made. Items that failed are among `items`, with their reason. */
export interface JobResult extends JobState {
  /** All that was made, in order. */
  readonly assets: readonly Asset[]
  /** The items that made nothing, when others did. */
  readonly failures: readonly ItemFailure[]
}
