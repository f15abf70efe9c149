import { userInfo } from 'node:os'
import { hostName } from '@bursar/core/files'

/** A name for the writer of a ledger, for people. */
export function whoWrites(): string {
  return `${userName()}@${hostName() ?? 'a machine'}, process ${process.pid}`
}

/** A container's user may have no name. */
function userName(): string {
  try {
    return userInfo().username
  } catch {
    return 'somebody'
  }
}
