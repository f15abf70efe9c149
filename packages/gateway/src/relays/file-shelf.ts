import type { Clock, RandomBytes } from '@bursar/core'
import { draw } from '../images/draw.js'
import { encodePicture, type Format } from '../images/encode.js'
import { type Answer, errorAnswer } from '../server/answer.js'
import { BoundedMap } from '../server/bounded-map.js'
import { randomUuid } from '../server/uuid.js'
import { type Film, filmMp4 } from '../video/film.js'

/** A picture to be drawn. */
export interface PictureOrder {
  readonly prompt: string
  readonly width: number
  readonly height: number
  readonly format: Format
}

type Order = ({ readonly kind: 'picture' } & PictureOrder) | ({ readonly kind: 'film' } & Film)

interface ShelvedFile {
  readonly order: Order
  readonly fromMs: number
  readonly untilMs: number
  /** The API key without which it is not handed out. */
  readonly owner?: string
}

const MAX_FILES = 10_000

/** Files that relays name by URLs which die. Each is made when it is fetched. */
export class FileShelf {
  readonly #files = new BoundedMap<string, ShelvedFile>(MAX_FILES)
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
    const extension = order.kind === 'film' ? 'mp4' : order.format
    const file = { order, fromMs, untilMs: fromMs + lifeMs, ...(owner === undefined ? {} : { owner }) }
    this.#files.set(id, file)
    return `${this.#url()}/relays/files/${id}.${extension}`
  }

  /** @param asker the API key that the file is asked for with. */
  async serve(id: string, asker: string | undefined): Promise<Answer> {
    const file = this.#files.get(id)
    const nowMs = this.#clock.nowMs()
    if (!file || nowMs < file.fromMs) return errorAnswer(404, 'not_found', 'There is no such file.')
    if (file.owner !== undefined && file.owner !== asker)
      return errorAnswer(401, 'unauthorized', 'This file is handed out to its owner alone.')
    if (nowMs >= file.untilMs) return errorAnswer(403, 'expired', 'The URL has expired.')
    const { order } = file
    if (order.kind === 'film') return fileAnswer('video/mp4', filmMp4(order))
    return fileAnswer(`image/${order.format}`, await encodeOrder(order))
  }
}

/** Draws and writes a picture. */
export async function encodeOrder({ prompt, width, height, format }: PictureOrder): Promise<Uint8Array> {
  return encodePicture(draw(prompt, width, height), format, prompt)
}

function fileAnswer(type: string, body: Uint8Array): Answer {
  return { status: 200, headers: { 'Content-Type': type }, body }
}
