import { hostname, userInfo } from 'node:os'

/** A name for the writer of a ledger, for people. */
export function whoWrites(): string {
  return `${userName()}@${hostname()}, process ${process.pid}`
}

/** A container's user may have no name. */
function userName(): string {
  try {
    return userInfo().username
  } catch {
    return 'somebody'
  }
}
