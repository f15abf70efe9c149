import { BoundedMap } from '@bursar/core/bounded-map'
import { drawImage } from '../images/draw-image.js'
import { encodeImage, type Format } from '../images/encode-image.js'
import type { GatewayRuntime } from '../runtime.js'
import { errorResponse, fileResponse, type HttpResponse } from '../server/response.js'
import { renderMp4, type VideoContent } from '../video/render-video.js'

/** An image to be drawn. */
export interface ImageOrder {
  readonly prompt: string
  readonly width: number
  readonly height: number
  readonly format: Format
}

/** A file to be made. */
export type FileOrder =
  | ({ readonly kind: 'image' } & ImageOrder)
  | ({ readonly kind: 'video' } & VideoContent)

/** When a file can be fetched, and by whom. */
export interface FileTerms {
  readonly lifeMs: number
  /** Unix milliseconds before which the file does not exist. Default: now. */
  readonly fromMs?: number
  /** The API key that is needed to fetch the file. Default: none. */
  readonly owner?: string
}

interface StoredFile {
  readonly order: FileOrder
  readonly fromMs: number
  readonly untilMs: number
  readonly owner: string | undefined
}

const MAX_FILES = 10_000

/** The files of all relays, each with a URL that expires. A file is made when it is fetched. */
export class FileStore {
  readonly #files = new BoundedMap<string, StoredFile>(MAX_FILES)
  readonly #runtime: GatewayRuntime

  constructor(runtime: GatewayRuntime) {
    this.#runtime = runtime
  }

  /** Adds a file and returns its URL. */
  add(order: FileOrder, { lifeMs, fromMs = this.#runtime.nowMs(), owner }: FileTerms): string {
    const id = this.#runtime.newId()
    const extension = order.kind === 'video' ? 'mp4' : order.format
    this.#files.set(id, { order, fromMs, untilMs: fromMs + lifeMs, owner })
    return `${this.#runtime.url()}/relays/files/${id}.${extension}`
  }

  /** @param requesterKey the API key of the request. */
  async serve(id: string, requesterKey: string | undefined): Promise<HttpResponse> {
    const file = this.#files.get(id)
    const nowMs = this.#runtime.nowMs()
    if (!file || nowMs < file.fromMs) return errorResponse(404, 'not_found', 'There is no such file.')
    if (file.owner !== undefined && file.owner !== requesterKey)
      return errorResponse(401, 'unauthorized', 'This file is served to its owner only.')
    if (nowMs >= file.untilMs) return errorResponse(403, 'expired', 'The URL has expired.')
    const { order } = file
    return order.kind === 'video'
      ? fileResponse('video/mp4', renderMp4(order))
      : fileResponse(`image/${order.format}`, await makeImage(order))
  }
}

/** Draws and encodes an image. */
export async function makeImage({ prompt, width, height, format }: ImageOrder): Promise<Uint8Array> {
  return encodeImage(drawImage(prompt, width, height), format, prompt)
}
