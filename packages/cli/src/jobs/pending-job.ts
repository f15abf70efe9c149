import { isJsonObject } from '@bursar/core'

/** An image or a video that a command began to buy and has not saved yet. */
export interface PendingJob {
  /** The name of the purchase in the ledger: it is bought once, whatever happens. */
  readonly purchase: string
  readonly verb: string
  readonly model: string
  readonly prompt: string
  /** Unix milliseconds. */
  readonly startedAtMs: number
  /** The process of the command. */
  readonly pid: number
  /** The service's name for the job, once it has given one. */
  readonly job?: string
}

/** Reads a pending job. @returns nothing when the text is none. */
export function parsePendingJob(text: string): PendingJob | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isPendingJob(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isPendingJob(value: unknown): value is PendingJob {
  return (
    isJsonObject(value) &&
    ['purchase', 'verb', 'model', 'prompt'].every((name) => typeof value[name] === 'string') &&
    typeof value.pid === 'number' &&
    typeof value.startedAtMs === 'number' &&
    (value.job === undefined || typeof value.job === 'string')
  )
}
