import { withLock as lockAndChange } from '@bursar/policy'
import { UsageError } from '../usage-error.js'

/** Changes a file while no other command does. @throws {UsageError} when another command holds the lock for too long, or the folder cannot be written. */
export function withLock<Value>(path: string, change: () => Promise<Value>): Promise<Value> {
  return lockAndChange(
    path,
    change,
    (reason, cause) => new UsageError(`${path}: ${reason}. Nothing was changed`, { cause })
  )
}
