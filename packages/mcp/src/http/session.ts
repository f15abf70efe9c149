import { randomUUID } from 'node:crypto'
import { isJsonObject, type JsonObject } from '@bursar/core'

/**
 * Makes a name for the session that a client begins. By it the client's cancellations find its requests, and it says which
 * client it is. Nothing else is kept of a session, so that it goes on when the server is started anew.
 */
export function newSession({ params }: JsonObject): string {
  const client = isJsonObject(params) && isJsonObject(params.clientInfo) ? params.clientInfo.name : ''
  const name = typeof client === 'string' ? client.replace(/[^\w-]+/g, '-').slice(0, 40) : ''
  return `${name}.${randomUUID()}`
}

/** The client that began a session, by the name that it gave itself. */
export function clientOf(session: string): string | undefined {
  const [, client] = /^([\w-]+)\.[\w-]{36}$/.exec(session) ?? []
  return client
}
