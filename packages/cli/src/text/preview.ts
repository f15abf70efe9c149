import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Env, Io } from '../io.js'

/** The most base64 characters that kitty takes in one sequence. */
const KITTY_CHUNK = 4096
/** Lines of the terminal that an image takes. */
const ROWS = 20

/** What a terminal can show. A video may be larger than any text. */
const picture = /\.(?:png|jpe?g|gif|webp|avif|bmp|tiff?)$/i

/**
 * Shows an image in a terminal that can show one, by the protocol of kitty or of iTerm2. Elsewhere, and where it cannot be read
 * back, it does nothing: it is saved all the same.
 */
export function preview(io: Io, path: string): void {
  if (!io.ask || !picture.test(path)) return
  const sequence = sequenceFor(io.env, path)
  if (sequence !== undefined) (io.draw ?? io.err)(`${sequence}\n`)
}

function sequenceFor(env: Env, path: string): string | undefined {
  const { KITTY_WINDOW_ID: kitty, TERM = '', TERM_PROGRAM: program } = env
  try {
    if (kitty || TERM === 'xterm-kitty' || TERM === 'xterm-ghostty')
      return path.endsWith('.png') ? kittySequences(readBase64(path)) : undefined
    return program === 'iTerm.app' || program === 'WezTerm' ? itermSequence(path) : undefined
  } catch {
    return undefined
  }
}

/** @see https://sw.kovidgoyal.net/kitty/graphics-protocol/ */
function kittySequences(data: string): string {
  const chunks = data.match(new RegExp(`.{1,${KITTY_CHUNK}}`, 'g')) ?? []
  return chunks
    .map((chunk, index) => {
      const more = `m=${index < chunks.length - 1 ? 1 : 0}`
      const keys = index === 0 ? `a=T,f=100,r=${ROWS},${more}` : more
      return `\u001B_G${keys};${chunk}\u001B\\`
    })
    .join('')
}

/** @see https://iterm2.com/documentation-images.html */
function itermSequence(path: string): string {
  const name = Buffer.from(basename(path)).toString('base64')
  const keys = `name=${name};inline=1;height=${ROWS};preserveAspectRatio=1`
  return `\u001B]1337;File=${keys}:${readBase64(path)}\u0007`
}

function readBase64(path: string): string {
  return readFileSync(path).toString('base64')
}
