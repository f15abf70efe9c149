import type { Io } from '../io.js'
import { harmless } from '../text/harmless.js'

/**
 * The terminal as verbs write to it. Answers, reasons, paths and names are chosen by servers, models and agents: what a
 * terminal would obey in them is written out, whoever prints it. What is no terminal gets every byte as it is.
 */
export function guardTerminal(io: Io): Io {
  const { ask, err } = io
  const guarded: Io = {
    ...io,
    draw: err,
    err: (text) => err(harmless(text)),
    ask: ask && ((question, options) => ask(harmless(question), options))
  }
  if (io.columns === undefined) return guarded
  return { ...guarded, out: (text) => io.out(harmless(text)), write: writerOf(io) }
}

/** Bytes come in pieces, which may end within a character or a line break. */
function writerOf({ write }: Io): Io['write'] {
  const decoder = new TextDecoder()
  const encoder = new TextEncoder()
  let held = ''
  return (bytes) => {
    const text = held + decoder.decode(bytes, { stream: true })
    held = text.endsWith('\r') ? '\r' : ''
    return write(encoder.encode(harmless(text.slice(0, text.length - held.length))))
  }
}
