import type { AnswerSink } from './answer-sink.js'

/** Keeps an answer as text. */
export interface TextSink extends AnswerSink {
  readonly text: () => string
}

/** @returns a sink that keeps everything: the caller bounds it. */
export function textSink(): TextSink {
  const decoder = new TextDecoder()
  const parts: string[] = []
  return {
    async write(bytes) {
      parts.push(decoder.decode(bytes, { stream: true }))
    },
    async finish() {
      parts.push(decoder.decode())
    },
    async discard() {},
    text: () => parts.join('')
  }
}
