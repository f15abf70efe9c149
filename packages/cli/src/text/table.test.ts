import { describe, expect, it } from 'vitest'
import { payment } from '../../test/settled-change.js'
import { purchaseColumns } from './purchase-columns.js'
import { type Column, table, tableLines } from './table.js'
import { cutEnd, cutMiddle } from './text-width.js'
import { textWidth } from './wide-text.js'

interface Row {
  readonly id: string
  readonly what: string
  readonly note?: string
}

const columns: readonly Column<Row>[] = [
  { header: 'Id', cell: ({ id }) => id, shrink: { order: 1, min: 9, cut: cutMiddle } },
  { header: 'What', cell: ({ what }) => what, shrink: { order: 2, min: 6 } },
  { header: 'Note', cell: ({ note = '' }) => note, leaveOut: 1 }
]
const id = 'p0123456789abcdef'
const full: Row = { id, what: 'a long description', note: 'remark' }

describe('the columns of purchases', () => {
  it('have the time of day for as long as anything else can be left out', () => {
    for (const width of [60, 80, 100]) {
      const [, line = ''] = table({ columns: width, color: false }, purchaseColumns({ timeZone: 'UTC' }), [
        payment
      ]).split('\n')
      expect(line, `${width}`).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d /)
    }
  })
})

describe('a table', () => {
  it('has a header, and leaves out a column without any text', () => {
    expect(table({ color: false }, columns, [{ id: 'a', what: 'b' }])).toBe('Id  What\na   b\n')
  })

  it('shrinks columns in their order, then leaves some out, and is never wider than the screen', () => {
    const lines = (width: number) => table({ columns: width, color: false }, columns, [full]).split('\n')
    expect(lines(80)[1]).toBe('p0123456789abcdef  a long description  remark')
    expect(lines(40)[1]).toBe('p012345…cdef  a long description  remark')
    expect(lines(30)[1]).toBe('p012…cdef  a long des…  remark')
    expect(lines(20)[1]).toBe('p012…cdef  a long d…')
    for (let width = 8; width < 60; width++)
      for (const line of lines(width)) expect(textWidth(line), `${width}: ${line}`).toBeLessThanOrEqual(width)
  })

  it('cuts nothing where the output is no terminal', () => {
    expect(table({ color: false }, columns, [full])).toContain(`${id}  a long description  remark`)
  })

  it('P51: goes on in further lines where a column wraps, and leaves nothing out', () => {
    const wrapping: readonly Column<Row>[] = [
      { header: 'Id', cell: ({ id }) => id },
      { header: 'What', cell: ({ what }) => what, wraps: true, shrink: { order: 1, min: 8 } }
    ]
    const text = table({ columns: 12, color: false }, wrapping, [{ id: 'a', what: 'long words 0123456789' }])
    expect(text).toBe('Id  What\na   long\n    words 01\n    23456789\n')
  })

  it('counts wide characters as two, and combining marks as none', () => {
    const rows = [
      { id: '日本', what: 'x' },
      { id: 'e\u0301e\u0301e\u0301', what: 'y' },
      { id: '👩‍👩‍👧', what: 'z' }
    ]
    expect(table({ color: false }, columns, rows)).toBe(
      'Id    What\n日本  x\ne\u0301e\u0301e\u0301   y\n👩‍👩‍👧    z\n'
    )
    expect(cutEnd('日本語', 5)).toBe('日本…')
    expect(cutEnd('日本語', 4)).toBe('日…')
    expect(cutMiddle('日本語日本語', 8)).toBe('日本…語')
  })

  it('shows what a terminal would obey, instead of obeying it', () => {
    const what = '\u001B[31mred\u202E\u0007\n\u2028x'
    const [, line] = table({ color: false }, columns, [{ id: 'a', what }]).split('\n')
    expect(line).toBe('a   \\u{1b}[31mred\\u{202e}\\u{7}\\u{a}\\u{2028}x')
  })

  it('has colours only where the screen has', () => {
    const red: readonly Column<Row>[] = [{ header: 'Id', cell: (row) => row.id, style: () => 'red' }]
    expect(table({ color: true }, red, [full])).toBe(`\u001B[1mId\u001B[22m\n\u001B[31m${id}\u001B[39m\n`)
    expect(table({ color: false }, red, [full])).not.toContain('\u001B')
  })

  it('is written while its rows are read: later ones keep the widths of the first', async () => {
    let isRead = 0
    async function* rows() {
      for (; isRead < 500; isRead++) yield { id: `${isRead}`, what: isRead < 400 ? 'short' : 'much longer' }
    }
    const lines: string[] = []
    for await (const line of tableLines({ columns: 80, color: false }, columns, rows())) {
      if (lines.length === 0) expect(isRead).toBeLessThan(200)
      lines.push(line)
    }
    expect(lines.join('').split('\n')).toHaveLength(502)
    expect(lines.at(-1)).toBe('499  much…\n')
  })
})

describe('a table whose columns have no room', () => {
  const rows = [{ id, what: 'a long description', note: 'remark' }]

  it('stacks the values of each row, and cuts and leaves out nothing', () => {
    expect(table({ columns: 16, color: false }, columns, rows)).toBe(
      'Id\n  p0123456789abc\n  def\nWhat\n  a long\n  description\nNote\n  remark\n\n'
    )
    const amounts: readonly Column<Row>[] = [...columns, { header: 'Sum', cell: () => '1234567.123456 USDC' }]
    expect(table({ columns: 24, color: false }, amounts, rows)).toBe(
      'Id    p0123456789abcdef\nWhat  a long description\nNote  remark\nSum   1234567.123456\n      USDC\n\n'
    )
  })

  it('has the names of its columns in bold, and the styles of its values', () => {
    const red: readonly Column<Row>[] = [
      { header: 'Identifier', cell: (row) => row.id, style: () => 'red' },
      { header: 'What', cell: ({ what }) => what }
    ]
    const [name, first] = table({ columns: 20, color: true }, red, rows).split('\n')
    expect([name, first]).toEqual(['\u001B[1mIdentifier\u001B[22m', `  \u001B[31m${id}\u001B[39m`])
  })
})
