import { isJsonObject, SignedBytes } from '@bursar/core'

/** What JSON has no word for: its kind, and what it is made from. Other objects with such a name are written as their entries. */
const BIGINT = '$bigint'
const BYTES = '$bytes'
const ABSENT = '$absent'
const ENTRIES = '$entries'

/** Writes a value as JSON, with amounts, signed bytes, and what is absent in a list. It holds secrets. */
export function encode(value: unknown): string {
  return JSON.stringify(value, function (this: Readonly<Record<string, unknown>>, key, shown: unknown) {
    // `SignedBytes` leaves itself out of JSON.
    const raw = this[key]
    if (raw instanceof SignedBytes) return { [BYTES]: [raw.payment, raw.header] }
    if (typeof raw === 'bigint') return { [BIGINT]: String(raw) }
    if (raw === undefined && Array.isArray(this)) return { [ABSENT]: true }
    return isJsonObject(raw) && hasMark(raw) ? { [ENTRIES]: Object.entries(raw) } : shown
  })
}

/** Reads what {@link encode} wrote. */
export function decode(text: string): unknown {
  return JSON.parse(text, (_, value: unknown) => {
    if (!isJsonObject(value)) return value
    if (typeof value[BIGINT] === 'string') return BigInt(value[BIGINT])
    if (value[ABSENT] === true) return undefined
    const { [BYTES]: bytes, [ENTRIES]: entries } = value
    if (Array.isArray(bytes)) return new SignedBytes(bytes[0], bytes[1])
    return Array.isArray(entries) ? Object.fromEntries(entries) : value
  })
}

const MARKS: ReadonlySet<string> = new Set([BIGINT, BYTES, ABSENT, ENTRIES])

function hasMark(object: object): boolean {
  return Object.keys(object).some((name) => MARKS.has(name))
}
