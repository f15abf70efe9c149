import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'
import type { ReadAnswer } from './read-answer.js'
import type { SessionCase } from './session-case.js'

/** What one client at one version sent in its sessions, and what it was answered. */
export interface ClientFixture {
  readonly client: string
  readonly version: string
  readonly sessions: readonly RecordedSession[]
}

/** One session. */
export interface RecordedSession {
  /** How the client was set up. */
  readonly variant: string
  readonly case: SessionCase
  readonly exchanges: readonly RecordedExchange[]
}

/** One request of a session. */
export interface RecordedExchange {
  readonly method: string
  readonly path: string
  /** The token is written as `TOKEN`. */
  readonly headers: Readonly<Record<string, string>>
  readonly body?: JsonObject
  /** Undefined where the connection was cut before the answer. */
  readonly expected?: { readonly status: number; readonly answer: ReadAnswer | JsonObject }
}

const folder = new URL('fixtures/', import.meta.url)

/** Every fixture there is. */
export function readFixtures(): readonly ClientFixture[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'))
  return names.map((name) => {
    const { parts, ...fixture } = JSON.parse(readFileSync(new URL(name, folder), 'utf8'))
    return resolve(fixture, parts) as unknown as ClientFixture
  })
}

/** What a client sends with every request, such as its tools, is written down once. */
export function writeFixture(fixture: ClientFixture): void {
  const parts: JsonValue[] = []
  const text = JSON.stringify(
    { ...(share(fixture as unknown as JsonObject, parts) as JsonObject), parts },
    null,
    1
  )
  writeFileSync(new URL(`${fixture.client}-${fixture.version}.json`, folder), `${text}\n`)
}

const LONG_CHARACTERS = 600

/** Puts a reference in the place of each long value of a body. */
function share(value: JsonValue, parts: JsonValue[]): JsonValue {
  if (Array.isArray(value)) return value.map((each) => share(each, parts))
  if (!isJsonObject(value)) return value
  const shared = Object.entries(value).map(([name, each]) => {
    const isShared = ['tools', 'system'].includes(name) && JSON.stringify(each).length > LONG_CHARACTERS
    return [name, isShared ? { $part: partOf(each, parts) } : share(each, parts)]
  })
  return Object.fromEntries(shared)
}

function partOf(value: JsonValue, parts: JsonValue[]): number {
  const text = JSON.stringify(value)
  const known = parts.findIndex((part) => JSON.stringify(part) === text)
  return known >= 0 ? known : parts.push(value) - 1
}

/** Puts each value in the place of its reference. */
function resolve(value: JsonValue, parts: readonly JsonValue[]): JsonValue {
  if (Array.isArray(value)) return value.map((each) => resolve(each, parts))
  if (!isJsonObject(value)) return value
  if (typeof value.$part === 'number') return parts[value.$part] ?? null
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, resolve(each, parts)]))
}
