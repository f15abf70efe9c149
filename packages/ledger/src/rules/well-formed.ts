import type { JobNote, ReservationTerms } from '@bursar/core'

/** NUL and unpaired surrogates, which stores cannot keep or cannot distinguish. */
const UNSTORABLE = /[\0\p{Surrogate}]/u

/**
 * Checks that every store can keep the caller's texts unchanged.
 *
 * @throws {TypeError} which names the text.
 */
export function assertWellFormed({ name, labels }: Pick<ReservationTerms, 'name' | 'labels'>): void {
  if (name !== undefined) assertWellFormedText('purchase', name)
  for (const [label, value] of Object.entries(labels)) {
    assertWellFormedText('labels: a name', label)
    assertWellFormedText(`labels.${label}`, value)
  }
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
