import type { ItemFailure } from '@bursar/core'

/** A file that a job made, at a URL of the service. */
export interface Asset {
  /** Which item of the job, and which of its assets, both from 0. */
  readonly item: number
  readonly index: number
  readonly kind: string
  readonly mimeType?: string
  /** The deliverable, in full quality (Katana 139). Absent when the service named none. */
  readonly url?: string
  /** A smaller picture for galleries. */
  readonly thumbnailUrl?: string
  /** Videos: a short silent MP4 for galleries. */
  readonly previewUrl?: string
  /** Videos: the last picture, to go on from; see `videos.extend`. */
  readonly finalFrameUrl?: string
  readonly width?: number
  readonly height?: number
  readonly durationSeconds?: number
  /** Unix milliseconds after which the URLs are dead. */
  readonly expiresAtMs?: number
  /** What is to be seen, where the service says. */
  readonly tags: readonly { readonly tag: string; readonly confidence?: number }[]
}

/** One item of a job. */
export interface JobItem {
  readonly index: number
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

/** Where a job stands. */
export interface JobState {
  readonly requestId: string
  /** The service's word. */
  readonly status: string
  /** Whether it will change no more. */
  readonly isDone: boolean
  readonly items: readonly JobItem[]
  /** Decimal credits, over all items. */
  readonly creditsSpent?: string
  /** When the service wants to be asked again. */
  readonly pollAfterSeconds?: number
}

/** What a job made. Items that failed are among `items`, with their reason. */
export interface JobResult extends JobState {
  /** All that was made, in order. */
  readonly assets: readonly Asset[]
  /** The items that made nothing, when others did. */
  readonly failures: readonly ItemFailure[]
}
