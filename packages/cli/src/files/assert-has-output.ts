import type { Io } from '../io.js'
import { UsageError } from '../usage-error.js'

/** Refuses to buy an answer that nobody could read. @throws {UsageError} */
export function assertHasOutput({ isOutClosed }: Io): void {
  if (!isOutClosed) return
  throw new UsageError(
    'Standard output is closed, and the answer would be lost. Open it, or redirect it to /dev/null to discard the answer. Nothing was sent or paid'
  )
}
