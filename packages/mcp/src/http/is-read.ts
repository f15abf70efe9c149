import type { IncomingMessage } from 'node:http'
import type { Clock } from '@bursar/core'

/** Milliseconds in which a client has read an answer that the system has whole: it takes some megabytes. */
const READ_MS = 1_000

/** Whether a client has read an answer that has left. A connection that broke off right behind it says that it has not. */
export async function isRead({ socket }: IncomingMessage, clock: Clock): Promise<boolean> {
  await clock.sleep(READ_MS, undefined, { keepsAlive: false })
  return socket.errored === null
}
