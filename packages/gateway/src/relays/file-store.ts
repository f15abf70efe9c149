import type { Clock, RandomBytes } from '@bursar/core'
import { drawImage } from '../images/draw-image.js'
import { encodeImage, type Format } from '../images/encode-image.js'
import { BoundedMap } from '../server/bounded-map.js'
import { errorResponse, type HttpResponse } from '../server/response.js'
import { randomUuid } from '../server/uuid.js'
import { renderMp4, type VideoContent } from '../video/render-video.js'

/** A picture to be drawn. */
export interface ImageOrder {
  readonly prompt: string
  readonly width: number
  readonly height: number
  readonly format: Format
}

type Order = ({ readonly kind: 'image' } & ImageOrder) | ({ readonly kind: 'video' } & VideoContent)

interface StoredFile {
  readonly order: Order
  readonly fromMs: number
  readonly untilMs: number
  /** The API key without which it is not handed out. */
  readonly owner?: string
}

const MAX_FILES = 10_000

/** Files that relays name by URLs which die. Each is made when it is fetched. */
export class FileStore {
  readonly #files = new BoundedMap<string, StoredFile>(MAX_FILES)
  readonly #clock: Clock
  readonly #random: RandomBytes
  readonly #url: () => string

  constructor(clock: Clock, random: RandomBytes, url: () => string) {
    this.#clock = clock
    this.#random = random
    this.#url = url
  }

  /**
   * Names a file.
   *
   * @param fromMs Unix milliseconds before which there is nothing.
   */
  add(order: Order, lifeMs: number, fromMs = this.#clock.nowMs(), owner?: string): string {
    const id = randomUuid(this.#random)
    const extension = order.kind === 'video' ? 'mp4' : order.format
    const file = { order, fromMs, untilMs: fromMs + lifeMs, ...(owner === undefined ? {} : { owner }) }
    this.#files.set(id, file)
    return `${this.#url()}/relays/files/${id}.${extension}`
  }

  /** @param asker the API key that the file is asked for with. */
  async serve(id: string, requester: string | undefined): Promise<HttpResponse> {
    const file = this.#files.get(id)
    const nowMs = this.#clock.nowMs()
    if (!file || nowMs < file.fromMs) return errorResponse(404, 'not_found', 'There is no such file.')
    if (file.owner !== undefined && file.owner !== requester)
      return errorResponse(401, 'unauthorized', 'This file is handed out to its owner alone.')
    if (nowMs >= file.untilMs) return errorResponse(403, 'expired', 'The URL has expired.')
    const { order } = file
    if (order.kind === 'video') return fileResponse('video/mp4', renderMp4(order))
    return fileResponse(`image/${order.format}`, await encodeOrder(order))
  }
}

/** Draws and writes a picture. */
export async function encodeOrder({ prompt, width, height, format }: ImageOrder): Promise<Uint8Array> {
  return encodeImage(drawImage(prompt, width, height), format, prompt)
}

function fileResponse(type: string, body: Uint8Array): HttpResponse {
  return { status: 200, headers: { 'Content-Type': type }, body }
}
