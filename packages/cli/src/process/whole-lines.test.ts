import { expect, it } from 'vitest'
import { type LongLine, WholeLines } from './whole-lines.js'

/** Writes chunks, and returns the lines that came out and those that were left out. */
async function linesOf(maxBytes: number, chunks: readonly string[]) {
  const long: LongLine[] = []
  const lines = new WholeLines(maxBytes, (line) => long.push(line))
  for (const chunk of chunks) lines.write(chunk)
  lines.end()
  return { lines: (await lines.toArray()).map(String), long }
}

it('lines come out whole, however they arrived, and what has no end does not', async () => {
  const { lines, long } = await linesOf(8, ['a', 'b\nc', 'd\n\nef\ng', 'h'])
  expect([lines, long]).toEqual([['ab\n', 'cd\n', '\n', 'ef\n'], []])
})

it('a line that is too long is left out, and its two ends are reported', async () => {
  const chunks = ['{"id":1,', 'x'.repeat(2_000), 'y'.repeat(600), '}\nnext\n', `${'z'.repeat(9)}\n`]
  const { lines, long } = await linesOf(8, chunks)
  expect(lines).toEqual(['next\n'])
  expect(long).toEqual([
    { start: '{"id":1,', end: `${'y'.repeat(510)}}\n` },
    { start: `${'z'.repeat(9)}\n`, end: `${'z'.repeat(9)}\n` }
  ])
})
