import { hostname, userInfo } from 'node:os'

/** Who it is that writes to a ledger, for people. */
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
