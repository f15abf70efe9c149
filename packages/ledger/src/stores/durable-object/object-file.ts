import type { LedgerFile, Statement } from '../sqlite/ledger-file.js'
import type { ObjectSql } from './object-state.js'

/** The object's SQLite as the store of files uses it. It reads integers as floating point, and takes no `bigint`. */
export function objectFile(sql: ObjectSql): LedgerFile {
  return {
    prepare: <Row>(text: string) => statementOf<Row>(sql, text),
    exec: (text) => void sql.exec(text),
    close() {}
  }
}

function statementOf<Row>(sql: ObjectSql, text: string): Statement<Row> {
  return {
    all: (...values) => readRows(sql, text, values.flat().map(bindingOf)) as Row[],
    run(...values) {
      sql.exec(text, ...values.flat().map(bindingOf))
      const [made] = sql.exec('SELECT last_insert_rowid() AS id').toArray()
      return { lastInsertRowid: Number(made?.id) }
    }
  }
}

/** SQLite reads a text of digits as the integer that it is. */
function bindingOf(value: unknown): unknown {
  if (typeof value !== 'bigint') return value
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : String(value)
}

type Row = Readonly<Record<string, unknown>>

function readRows(sql: ObjectSql, text: string, bindings: readonly unknown[]): readonly Row[] {
  const rows = sql.exec(text, ...bindings).toArray()
  const isExact = rows.every((row) => Object.values(row).every(isExactValue))
  return isExact ? rows.map(withIntegers) : readDigits(sql, { text, bindings, rows })
}

function isExactValue(value: unknown): boolean {
  return typeof value !== 'number' || Number.isSafeInteger(value)
}

function withIntegers(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === 'number' ? BigInt(value) : value])
  )
}

interface RoundedRows {
  readonly text: string
  readonly bindings: readonly unknown[]
  readonly rows: readonly Row[]
}

/** Reads the same rows again, with integers as digits, since some are too large for a number. */
function readDigits(sql: ObjectSql, { text, bindings, rows }: RoundedRows): readonly Row[] {
  const columns = Object.keys(rows[0] ?? {}).map((name) => `CAST("${name}" AS TEXT) AS "${name}"`)
  const exact = sql.exec(`SELECT ${columns} FROM (${text})`, ...bindings).toArray()
  return exact.map((row, index) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        typeof rows[index]?.[name] === 'number' ? BigInt(String(value)) : value
      ])
    )
  )
}
