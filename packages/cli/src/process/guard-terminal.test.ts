import { expect, it } from 'vitest'
import type { Io } from '../io.js'
import { paint } from '../text/color.js'
import { guardTerminal } from './guard-terminal.js'

/** Sets a title, clears the screen, begins a sequence in one character, turns text around, rings. */
const hostile = '\u001B]0;title\u0007\u001B[2J\u009B31m\u202E\u0007'
const written = '\\u001b]0;title\\u0007\\u001b[2J\\u009b31m\\u202e\\u0007'

function terminal(columns: number | undefined) {
  const [out, err, asked]: [string[], string[], string[]] = [[], [], []]
  const io: Io = {
    env: {},
    columns,
    out: (text) => void out.push(text),
    write: async (bytes) => void out.push(Buffer.from(bytes).toString()),
    err: (text) => void err.push(text),
    ask: async (question) => {
      asked.push(question)
      return ''
    }
  }
  return { io: guardTerminal(io), out, err, asked }
}

it('writes out what a terminal would obey, whatever is written to it', async () => {
  const { io, out, err, asked } = terminal(80)
  io.out(hostile)
  await io.write(Buffer.from(hostile))
  io.err(hostile)
  await io.ask?.(hostile)
  expect([...out, ...err, ...asked]).toEqual([written, written, written, written])
})

it('leaves lines, tabs, emoji and the colours of the command as they are', () => {
  const { io, out } = terminal(80)
  const text = `one\ttwo\r\n${paint('bold', 'bold', { color: true })} ${paint('red', 'red', { color: true })}👩‍👩‍👧 ünï\n`
  io.out(text)
  expect(out).toEqual([text])
})

it('keeps a JSON document one', () => {
  const { io, out } = terminal(80)
  const document = { body: hostile }
  io.out(JSON.stringify(document))
  expect(out[0]).toMatch(/^[ -~]+$/)
  expect(JSON.parse(out[0] ?? '')).toEqual(document)
})

it('reads a character and a line break that come in two pieces, and a return that goes to the start of a line', async () => {
  const { io, out } = terminal(80)
  const bytes = Buffer.from('ü\r\n\rover')
  for (const byte of bytes) await io.write(Uint8Array.of(byte))
  expect(out.join('')).toBe('ü\r\n\\u000dover')
})

it('gives a file or a pipe every byte as it is, and standard error none that is obeyed', async () => {
  const { io, out, err } = terminal(undefined)
  io.out(hostile)
  await io.write(Buffer.from(hostile))
  io.err(hostile)
  expect([...out, ...err]).toEqual([hostile, hostile, written])
})

it('lets a picture be drawn', () => {
  const { io, err } = terminal(80)
  io.draw?.(hostile)
  expect(err).toEqual([hostile])
})
