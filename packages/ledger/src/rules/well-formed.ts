import type { JobNote, ReservationTerms } from '@bursar/core'

/** NUL, and halves of surrogate pairs: what stores cannot keep, or cannot keep apart. */
const UNKEPT = /[\0\p{Surrogate}]/u

/**
 * Holds the caller's own texts to what every store keeps as it is.
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

/** A label that is `undefined` or `null` says nothing, as one that is not there. */
export function withoutAbsentLabels<Terms extends Pick<ReservationTerms, 'labels'>>(terms: Terms): Terms {
  const entries = Object.entries(terms.labels)
  const present = entries.filter(([, value]) => value !== undefined && value !== null)
  return present.length === entries.length ? terms : { ...terms, labels: Object.fromEntries(present) }
}

/** @throws {TypeError} which names the text. */
export function assertWellFormedText(what: string, text: unknown): void {
  if (typeof text !== 'string') throw new TypeError(`${what} must be a string, and is ${describe(text)}`)
  if (UNKEPT.test(text))
    throw new TypeError(`${what} must be well-formed text without NUL: ${JSON.stringify(text)}`)
}

function describe(value: unknown): string {
  return value === null ? 'null' : `of type ${typeof value}`
}
