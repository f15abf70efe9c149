import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'
import type { ReadAnswer } from './read-answer.js'
import { type SessionCase, sessionCases } from './session-case.js'

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
  return names.map(readFixture)
}

function readFixture(name: string): ClientFixture {
  const { parts, ...fixture } = JSON.parse(readFileSync(new URL(name, folder), 'utf8'))
  return resolve(fixture, parts) as unknown as ClientFixture
}

/**
 * Writes sessions down. Those that were not played again stay as they are. What a client sends with every request, such as its
 * tools, is written once.
 */
export function writeFixture({ client, version, sessions }: ClientFixture): void {
  const name = `${client}-${version}.json`
  const known = existsSync(new URL(name, folder)) ? readFixture(name).sessions : []
  const others = known.filter((old) => !sessions.some((each) => isSameSession(each, old)))
  const fixture = { client, version, sessions: [...others, ...sessions].toSorted(bySession) }
  const parts: JsonValue[] = []
  const shared = share(fixture as unknown as JsonObject, parts) as JsonObject
  writeFileSync(new URL(name, folder), `${JSON.stringify({ ...shared, parts }, null, 1)}\n`)
}

function isSameSession(one: RecordedSession, other: RecordedSession): boolean {
  return one.variant === other.variant && one.case === other.case
}

function bySession(one: RecordedSession, other: RecordedSession): number {
  const order = one.variant.localeCompare(other.variant)
  return order === 0 ? sessionCases.indexOf(one.case) - sessionCases.indexOf(other.case) : order
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
