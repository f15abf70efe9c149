import { link, rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { isFileError } from '@bursar/core/files'

/** How long another process may take between claiming a record and removing it. It takes a millisecond. */
const WAIT_MS = 2_000
const POLL_MS = 10

/** A record that is too old to be taken up. */
export interface OldRecord {
  readonly path: string
  /** A name that this record alone has. It stays until old files are removed, so that nobody claims the record twice. */
  readonly claim: string
  /** Whether a path holds this very record. */
  isAt(path: string): Promise<boolean>
}

/**
 * Removes an old record. Of several processes that find it at once, one does: another would remove the record of the call that
 * the first has begun meanwhile, and the call would be made twice.
 *
 * @throws {TypeError} when the process that claimed it does not remove it. The next call tries again.
 */
export async function retireRecord(record: OldRecord): Promise<void> {
  const { path, claim, isAt } = record
  try {
    await link(path, claim)
  } catch (error) {
    if (isFileError(error, 'EEXIST')) return untilGone(record)
    // Without a record there is nothing to do. A file system that has no links cannot say who was first.
    return isFileError(error, 'ENOENT') ? undefined : rm(path, { force: true })
  }
  if (await isAt(claim)) await rm(path, { force: true })
}

async function untilGone({ path, claim, isAt }: OldRecord): Promise<void> {
  const deadlineMs = performance.now() + WAIT_MS
  while (await isAt(path)) {
    if (performance.now() > deadlineMs) {
      await rm(claim, { force: true })
      throw new TypeError('Another process begins an equal call and does not go on. Nothing was done')
    }
    await sleep(POLL_MS)
  }
}
