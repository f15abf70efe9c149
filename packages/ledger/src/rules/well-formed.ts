import type { JobNote, ReservationTerms } from '@bursar/core'

/** NUL and unpaired surrogates, which stores cannot keep or cannot distinguish. */
const UNSTORABLE = /[\0\p{Surrogate}]/u

/** The most characters of a name, and of a label with its value: PostgreSQL finds nothing by what has more than 2,700 bytes. */
const MAX_CHARS = 800

/**
 * Checks that every store can keep the caller's texts unchanged, and find them again.
 *
 * @throws {TypeError} which names the text.
 */
export function assertWellFormed({ name, labels }: Pick<ReservationTerms, 'name' | 'labels'>): void {
  if (name !== undefined) assertWellFormedText('purchase', name)
  if (name !== undefined && name.length > MAX_CHARS) throw tooLong('purchase')
  for (const [label, value] of Object.entries(labels)) {
    assertWellFormedText('labels: a name', label)
    assertWellFormedText(`labels.${label}`, value)
    if (label.length + value.length > MAX_CHARS) throw tooLong(`labels.${label}`)
  }
}

function tooLong(what: string): TypeError {
  return new TypeError(`${what.slice(0, MAX_CHARS)} must not be longer than ${MAX_CHARS} characters`)
}

/** @throws {TypeError} which names the text. */
export function assertWellFormedNote({ job, origin, labels }: JobNote): void {
  assertWellFormedText('job', job)
  assertWellFormedText('origin', origin)
  assertWellFormed({ labels })
}

/** Drops labels that are `undefined` or `null`: they count as absent. */
export function withoutAbsentLabels<Terms extends Pick<ReservationTerms, 'labels'>>(terms: Terms): Terms {
  const entries = Object.entries(terms.labels)
  const present = entries.filter(([, value]) => value !== undefined && value !== null)
  return present.length === entries.length ? terms : { ...terms, labels: Object.fromEntries(present) }
}

/** @throws {TypeError} which names the text. */
export function assertWellFormedText(what: string, text: unknown): void {
  if (typeof text !== 'string') throw new TypeError(`${what} must be a string, and is ${describe(text)}`)
  if (UNSTORABLE.test(text))
    throw new TypeError(`${what} must be well-formed text without NUL: ${JSON.stringify(text)}`)
}

function describe(value: unknown): string {
  return value === null ? 'null' : `of type ${typeof value}`
}
