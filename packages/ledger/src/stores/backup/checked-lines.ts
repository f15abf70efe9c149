import { crc32 } from './crc-32.js'

/** What is checked of a line, and then its checksum: 32 bits as 8 hex digits. */
const checkedLine = /^(.*),"crc":"([\da-f]{8})"\}$/
const encoder = new TextEncoder()

/**
 * Lines of JSON, each an object with a checksum of itself and all lines before it: none can be changed, left out, written twice
 * or put elsewhere, and the first that is not as it was written is known.
 */
export class CheckedLines {
  #crc = 0

  /** @param json an object that is not empty, in one line. @returns it with its checksum. */
  seal(json: string): string {
    const text = json.slice(0, -1)
    return `${text},"crc":"${this.#next(text)}"}`
  }

  /** The object that {@link seal} was given for the next line. Nothing, when the line is not as it was written. */
  open(line: string): string | undefined {
    const [, text = '', crc] = checkedLine.exec(line) ?? []
    return this.#next(text) === crc ? `${text}}` : undefined
  }

  #next(text: string): string {
    this.#crc = crc32(encoder.encode(text), this.#crc)
    return this.#crc.toString(16).padStart(8, '0')
  }
}
