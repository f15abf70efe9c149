import { wholeLength } from '@bursar/core'
import type { ResponseAddress } from './response-address.js'

/** An answer's first line and headers. */
export interface ResponseHead {
  readonly status: number
  readonly statusText: string
  readonly headers: HeadersInit
}

const utf8 = new TextDecoder()

/**
 * A `Response` whose body has arrived whole. The platform's own makes a stream of every body and reads it
 * back through that stream, which costs as much as a tenth of a paid call; this one reads the bytes, and
 * makes the platform's when somebody asks for a stream, a Blob or a form.
 */
export class BufferedResponse extends Response {
  readonly #bytes: Uint8Array<ArrayBuffer>
  readonly #head: ResponseHead
  readonly #address: ResponseAddress
  #headers: Headers | undefined
  #used = false
  #platform: Response | undefined

  constructor(bytes: Uint8Array<ArrayBuffer>, head: ResponseHead, address: ResponseAddress) {
    super(null, { status: head.status, statusText: head.statusText })
    this.#bytes = bytes
    this.#head = head
    this.#address = address
  }

  /** Most of what the platform's constructor costs is its headers, so they are made for who reads them. */
  override get headers(): Headers {
    this.#headers ??= new Headers(this.#head.headers)
    return this.#headers
  }

  get [wholeLength](): number {
    return this.#bytes.byteLength
  }

  override get url(): string {
    return String(this.#address.url)
  }

  override get redirected(): boolean {
    return this.#address.redirected
  }

  override get body(): ReadableStream<Uint8Array<ArrayBuffer>> {
    const { body } = this.#asPlatform()
    if (!body) throw new TypeError('A response made of bytes has a body')
    return body
  }

  override get bodyUsed(): boolean {
    return this.#used || (this.#platform?.bodyUsed ?? false)
  }

  override async text(): Promise<string> {
    return this.#platform ? this.#platform.text() : utf8.decode(this.#take())
  }

  override json(): Promise<unknown> {
    return this.text().then((text) => JSON.parse(text))
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    return (await this.bytes()).buffer
  }

  override async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return this.#platform ? new Uint8Array(await this.#platform.arrayBuffer()) : new Uint8Array(this.#take())
  }

  override async blob(): Promise<Blob> {
    return this.#asPlatform().blob()
  }

  override async formData(): Promise<FormData> {
    return this.#asPlatform().formData()
  }

  override clone(): Response {
    if (this.#platform || this.#used) return this.#asPlatform().clone()
    const head = this.#headers ? { ...this.#head, headers: [...this.#headers] } : this.#head
    return new BufferedResponse(this.#bytes, head, this.#address)
  }

  #take(): Uint8Array<ArrayBuffer> {
    if (this.#used) throw new TypeError('Body is unusable: Body has already been read')
    this.#used = true
    return this.#bytes
  }

  #asPlatform(): Response {
    if (!this.#platform) {
      const { status, statusText, headers } = this
      this.#platform = new Response(this.#bytes, { status, statusText, headers })
      // The body was already read, so the stream is handed out as used.
      if (this.#used) void this.#platform.body?.cancel()
    }
    return this.#platform
  }
}
