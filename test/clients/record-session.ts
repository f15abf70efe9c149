import { parseJsonObject } from '@bursar/core'
import type { RecordedExchange } from './fixture.js'
import { readAnswer } from './read-answer.js'
import type { Exchange } from './recording-relay.js'
import { createAnonymizer, shortenBody } from './shorten.js'

/** What is said of a request in its head, beside what belongs to the connection. */
const keptHeaders = [
  ...['accept', 'content-type', 'user-agent', 'authorization', 'x-api-key'],
  ...['anthropic-version', 'anthropic-beta', 'x-app', 'x-stainless-retry-count'],
  ...['originator', 'session-id', 'thread-id', 'x-client-request-id', 'x-session-id']
]

/** What hides what is the session's own. */
export interface SessionSecrets {
  readonly token: string
  readonly folder: string
}

/** Makes a fixture's part of what passed in a session. */
export function recordSession(
  exchanges: readonly Exchange[],
  { token, folder }: SessionSecrets
): readonly RecordedExchange[] {
  const anonymous = createAnonymizer(folder)
  const hide = (text: string): string => anonymous(text.replaceAll(token, 'TOKEN'))
  return exchanges.map(({ method, path, headers, body, status, answer }) => ({
    method,
    path,
    headers: Object.fromEntries(keptHeaders.flatMap((name) => headerOf(name, hide(headers[name] ?? '')))),
    ...(body === '' ? {} : { body: shortenBody(parseJsonObject(hide(body)) ?? {}) }),
    ...(status === undefined ? {} : { expected: { status, answer: readAnswer(path, hide(answer)) } })
  }))
}

function headerOf(name: string, value: string): (readonly [string, string])[] {
  return value === '' ? [] : [[name, value]]
}
