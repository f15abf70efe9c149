import { Transform, type TransformCallback } from 'node:stream'

/** Bytes that are kept of both ends of a line that is too long, to tell what it was. */
const END_BYTES = 512
const NEWLINE = 0x0a

/** The ends of a line that was left out. */
export interface LongLine {
  readonly start: string
  readonly end: string
}

/** Hands a stream of text on line by line, each whole, and leaves out the lines that are too long. */
export class WholeLines extends Transform {
  readonly #maxBytes: number
  readonly #onLong: (line: LongLine) => void
  #parts: Buffer[] = []
  #byteLength = 0
  #end = Buffer.alloc(0)

  /** @param onLong is told what was left out. */
  constructor(maxBytes: number, onLong: (line: LongLine) => void) {
    // Each line is handed on by itself.
    super({ readableObjectMode: true })
    this.#maxBytes = maxBytes
    this.#onLong = onLong
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    let from = 0
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      this.#take(chunk.subarray(from, at + 1))
      this.#endLine()
      from = at + 1
    }
    this.#take(chunk.subarray(from))
    done()
  }

  #take(part: Buffer): void {
    if (part.byteLength === 0) return
    this.#byteLength += part.byteLength
    this.#parts.push(part)
    if (this.#byteLength <= this.#maxBytes) return
    const [start = Buffer.alloc(0)] = this.#parts
    this.#end = Buffer.concat([this.#end, ...this.#parts.slice(1)]).subarray(-END_BYTES)
    this.#parts = [start]
  }

  #endLine(): void {
    if (this.#byteLength <= this.#maxBytes) this.push(Buffer.concat(this.#parts))
    else {
      const [start = Buffer.alloc(0)] = this.#parts
      const end = this.#end.byteLength > 0 ? this.#end : start
      this.#onLong({ start: String(start.subarray(0, END_BYTES)), end: String(end.subarray(-END_BYTES)) })
    }
    this.#parts = []
    this.#byteLength = 0
    this.#end = Buffer.alloc(0)
  }
}
