const WIDTH = 5
const HEIGHT = 7

/** Sixteen characters to a band, five columns each and one between. */
const bands: readonly { readonly characters: string; readonly rows: readonly string[] }[] = [
  {
    characters: 'ABCDEFGHIJKLMNOP',
    rows: [
      '.###..####...###..####..#####.#####..###..#...#..###....###.#...#.#.....#...#.#...#..###..####.',
      '#...#.#...#.#...#.#...#.#.....#.....#...#.#...#...#......#..#..#..#.....##.##.##..#.#...#.#...#',
      '#...#.#...#.#.....#...#.#.....#.....#.....#...#...#......#..#.#...#.....#.#.#.##..#.#...#.#...#',
      '#####.####..#.....#...#.####..####..#.###.#####...#......#..##....#.....#.#.#.#.#.#.#...#.####.',
      '#...#.#...#.#.....#...#.#.....#.....#...#.#...#...#......#..#.#...#.....#...#.#..##.#...#.#....',
      '#...#.#...#.#...#.#...#.#.....#.....#...#.#...#...#...#..#..#..#..#.....#...#.#..##.#...#.#....',
      '#...#.####...###..####..#####.#......###..#...#..###...##...#...#.#####.#...#.#...#..###..#....'
    ]
  },
  {
    characters: 'QRSTUVWXYZ012345',
    rows: [
      '.###..####...####.#####.#...#.#...#.#...#.#...#.#...#.#####..###....#....###...###.....#..#####',
      '#...#.#...#.#.......#...#...#.#...#.#...#.#...#.#...#.....#.#...#..##...#...#.#...#...##..#....',
      '#...#.#...#.#.......#...#...#.#...#.#...#..#.#...#.#.....#..#..##...#.......#.....#..#.#..####.',
      '#...#.####...###....#...#...#.#...#.#.#.#...#.....#.....#...#.#.#...#.....##....##..#..#......#',
      '#.#.#.#.#.......#...#...#...#..#.#..#.#.#..#.#....#....#....##..#...#....#........#.#####.....#',
      '#..#..#..#......#...#...#...#..#.#..##.##.#...#...#...#.....#...#...#...#.....#...#....#..#...#',
      '.##.#.#...#.####....#....###....#...#...#.#...#...#...#####..###...###..#####..###.....#...###.'
    ]
  },
  {
    characters: "6789.,!?:'-()/%&",
    rows: [
      '..##..#####..###...###................#....###..........#............#...#........#.##..#..##..',
      '.#........#.#...#.#...#...............#...#...#..##.....#...........#.....#......#..##..#.#..#.',
      '#........#..#...#.#...#...............#.......#..##....#...........#.......#.....#.....#..#.#..',
      '####....#....###...####...............#......#..............####...#.......#....#.....#....#...',
      '#...#...#...#...#.....#........##.....#.....#....##................#.......#...#.....#....#.#.#',
      '#...#..#....#...#....#...##.....#................##.................#.....#....#....#..##.#..#.',
      '.###...#.....###...##....##....#......#.....#........................#...#....#.....#..##..##.#'
    ]
  }
]

const glyphs = new Map<string, readonly string[]>()
for (const { characters, rows } of bands) {
  for (const [index, character] of [...characters].entries()) {
    const left = index * (WIDTH + 1)
    glyphs.set(
      character,
      rows.map((row) => row.slice(left, left + WIDTH))
    )
  }
}

/** The glyph for a character that the font does not have. */
const unknown = Array.from({ length: HEIGHT }, (_, row) => (row === 3 ? '..#..' : '.....'))

/** A character's cell, the gap to the next one included. */
export const CELL = { width: WIDTH + 1, height: HEIGHT + 2 }

/** Calls back for every dot of a character, counted from the cell's upper left. */
export function eachDot(character: string, dot: (column: number, row: number) => void): void {
  if (character === ' ') return
  const rows = glyphs.get(character.toUpperCase()) ?? unknown
  for (const [row, line] of rows.entries()) {
    for (let column = 0; column < WIDTH; column++) if (line[column] === '#') dot(column, row)
  }
}

/** Breaks text into lines of at most `columns` characters, at spaces where it can. */
export function wrap(text: string, columns: number, maxLines: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/).flatMap((long) => chunks(long, columns))) {
    const longer = line === '' ? word : `${line} ${word}`
    if (longer.length <= columns) line = longer
    else {
      lines.push(line)
      line = word
    }
  }
  lines.push(line)
  if (lines.length <= maxLines) return lines
  const last = lines[maxLines - 1] ?? ''
  return [...lines.slice(0, maxLines - 1), `${last.slice(0, columns - 3)}...`]
}

function chunks(word: string, size: number): readonly string[] {
  return word.match(new RegExp(`.{1,${size}}`, 'gu')) ?? []
}
