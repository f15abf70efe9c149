import { crc32 as zlibCrc32 } from 'node:zlib'
import { expect, it } from 'vitest'
import type { BackupRow } from './backup-row.js'
import { crc32 } from './crc-32.js'
import { readBackup } from './read-backup.js'
import { BackupWriter } from './write-backup.js'

const rows: readonly BackupRow[] = [
  { kind: 'sums', scope: 'all', held: 7n, settled: 7n, latestAt: 5n, base: 0n },
  { kind: 'session', id: 'größer', heartbeatAtMs: 7, ended: false },
  { kind: 'frozen', frozen: { reason: 'a leak, "}', atMs: 3 } },
  { kind: 'forgotten', untilMs: 7 }
] as readonly BackupRow[]

const encoder = new TextEncoder()

function backup(): Uint8Array<ArrayBuffer> {
  const writer = new BackupWriter(1_000)
  for (const row of rows) writer.add(row)
  return encoder.encode(
    writer
      .finish()
      .map((part) => new TextDecoder().decode(part))
      .join('')
  )
}

const linesOf = (bytes: Uint8Array): readonly string[] =>
  new TextDecoder().decode(bytes).trimEnd().split('\n')
const read = (lines: readonly string[]): unknown => readBackup(encoder.encode(`${lines.join('\n')}\n`))
const damagedAt = (line: number): object => ({
  code: 'ledger/unavailable',
  moneyState: 'none',
  context: { reason: `line ${line} of its backup is damaged, or was cut` }
})

const thrownBy = (run: () => unknown): unknown => {
  try {
    return run()
  } catch (error) {
    return error
  }
}

it('reads what was written, line for line', () => {
  const { atMs, rows: found } = readBackup(backup())
  expect([atMs, [...found()]]).toEqual([1_000, rows])
})

it('refuses every line of which one digit is another, and names it', () => {
  const lines = linesOf(backup())
  expect(lines.length).toBe(6)
  for (const [index, line] of lines.entries()) {
    const changed = line.replace(/(\d)(?=\D*"crc")/, (digit) => String((Number(digit) + 1) % 10))
    expect(changed).not.toBe(line)
    expect(thrownBy(() => read(lines.with(index, changed)))).toMatchObject(damagedAt(index + 1))
  }
})

it('refuses any byte that is another, any cut, and any line that is missing, twice or elsewhere', () => {
  const bytes = backup()
  const lines = linesOf(bytes)
  for (let at = 0; at < bytes.length - 1; at++) {
    const flipped = bytes.with(at, (bytes[at] ?? 0) ^ 1)
    expect(
      thrownBy(() => readBackup(flipped)),
      `byte ${at}`
    ).toMatchObject({ code: 'ledger/unavailable' })
    const cut = thrownBy(() => readBackup(bytes.subarray(0, at)))
    expect(cut, `cut at ${at}`).toMatchObject({ code: 'ledger/unavailable' })
  }
  const [first = '', second = '', third = ''] = lines
  expect(thrownBy(() => read(lines.toSpliced(1, 1)))).toMatchObject(damagedAt(2))
  expect(thrownBy(() => read([first, second, ...lines.slice(1)]))).toMatchObject(damagedAt(3))
  expect(thrownBy(() => read([first, third, second, ...lines.slice(3)]))).toMatchObject(damagedAt(2))
  expect(thrownBy(() => read([...lines, ...lines]))).toMatchObject(damagedAt(lines.length + 1))
  expect(thrownBy(() => read(lines.slice(0, 3)))).toMatchObject({
    context: { reason: 'its backup was cut after line 3' }
  })
})

it('has the checksum that zlib has', () => {
  for (const text of ['', 'a', '{"kind":"purchase"}', 'größer'])
    expect(crc32(encoder.encode(text))).toBe(zlibCrc32(text))
  expect(crc32(encoder.encode('cd'), crc32(encoder.encode('ab')))).toBe(zlibCrc32('abcd'))
})
