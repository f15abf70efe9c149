import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Io } from './io.js'

/** What kitty takes at once. */
const PIECE = 4096

/** Shows a picture in terminals that can show one: kitty's protocol, or iTerm2's. Elsewhere, nothing. */
export function preview(io: Io, path: string): void {
  const { KITTY_WINDOW_ID: kitty, TERM = '', TERM_PROGRAM: program } = io.env
  if (!io.ask) return
  const data = (): string => readFileSync(path).toString('base64')
  if (kitty || TERM === 'xterm-kitty' || TERM === 'xterm-ghostty') {
    if (path.endsWith('.png')) io.tell(`${kittyPieces(data())}\n`)
  } else if (program === 'iTerm.app' || program === 'WezTerm') {
    const name = Buffer.from(basename(path)).toString('base64')
    io.tell(`\u001B]1337;File=name=${name};inline=1;height=20;preserveAspectRatio=1:${data()}\u0007\n`)
  }
}

/** @see https://sw.kovidgoyal.net/kitty/graphics-protocol/ */
function kittyPieces(data: string): string {
  const pieces = data.match(new RegExp(`.{1,${PIECE}}`, 'g')) ?? []
  return pieces
    .map((piece, index) => {
      const more = index < pieces.length - 1 ? 1 : 0
      return `\u001B_G${index === 0 ? `a=T,f=100,r=20,m=${more}` : `m=${more}`};${piece}\u001B\\`
    })
    .join('')
}
