import { createHash, type Hash } from 'node:crypto'
import { constants, copyFile, type FileHandle, link, open, readFile, rm, writeFile } from 'node:fs/promises'
import { isError, parseJsonObject } from '@bursar/core'
import { syncFile } from '@bursar/core/files'
import * as z from 'zod/mini'
import { mediaTypeOf } from '../media/media-type.js'
import { defined } from '../wire/defined.js'

/** What a server said of the content at first, so that the rest can be requested of the same. */
export interface ContentVersion {
  readonly etag?: string
  readonly totalBytes?: number
}

/** A download that is not finished: what has arrived, and its hash so far. It outlives the process. */
export class PartFile {
  readonly #path: string
  readonly #handle: FileHandle
  #hash: Hash = createHash('sha256')
  #version: ContentVersion
  #bytes = 0
  #head = Buffer.alloc(0)

  private constructor(path: string, handle: FileHandle, version: ContentVersion) {
    this.#path = path
    this.#handle = handle
    this.#version = version
  }

  /** Opens what an earlier download has left, or an empty file. */
  static async open(path: string): Promise<PartFile> {
    const version = await readVersion(path)
    const handle = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600)
    const part = new PartFile(path, handle, version ?? {})
    try {
      if (!version) await handle.truncate(0)
      for await (const chunk of handle.createReadStream({ start: 0, autoClose: false })) part.#take(chunk)
      return part
    } catch (error) {
      await handle.close()
      throw error
    }
  }

  /** How much has arrived. */
  get bytes(): number {
    return this.#bytes
  }

  get totalBytes(): number | undefined {
    return this.#version.totalBytes
  }

  /** Headers that request the rest of the same content. */
  get headers(): Readonly<Record<string, string>> {
    if (this.#bytes === 0) return {}
    const { etag } = this.#version
    return { range: `bytes=${this.#bytes}-`, ...(etag === undefined ? {} : { 'if-range': etag }) }
  }

  /** What the content is by its first bytes. */
  get mediaType() {
    return mediaTypeOf(this.#head)
  }

  /** Drops what has arrived. */
  async restart(version: ContentVersion): Promise<void> {
    await this.#handle.truncate(0)
    this.#bytes = 0
    this.#hash = createHash('sha256')
    this.#head = Buffer.alloc(0)
    this.#version = version
    await writeFile(versionPath(this.#path), JSON.stringify(version))
  }

  async append(chunk: Uint8Array): Promise<void> {
    for (let at = 0; at < chunk.byteLength; ) {
      const { bytesWritten } = await this.#handle.write(chunk, at, chunk.byteLength - at, this.#bytes + at)
      at += bytesWritten
    }
    this.#take(chunk)
  }

  #take(chunk: Uint8Array): void {
    this.#bytes += chunk.byteLength
    this.#hash.update(chunk)
    if (this.#head.length < 64) this.#head = Buffer.concat([this.#head, chunk.subarray(0, 64)])
  }

  /** Whether the file holds what was written here and nothing else. */
  async isIntact(): Promise<boolean> {
    return (await this.#handle.stat()).size === this.#bytes
  }

  /**
   * Gives the file its name, which must not be taken, and the hash of its content.
   *
   * @throws with code `EEXIST` when the name is taken.
   */
  async finish(path: string): Promise<string> {
    await syncFile(this.#handle)
    await place(this.#path, path)
    await this.discard()
    return this.#hash.digest('hex')
  }

  /** Deletes what has arrived. */
  async discard(): Promise<void> {
    await rm(this.#path, { force: true })
    await rm(versionPath(this.#path), { force: true })
  }

  async close(): Promise<void> {
    await this.#handle.close()
  }
}

/** Unlike a renaming, this fails when there is a file. Some file systems have no links. */
async function place(from: string, to: string): Promise<void> {
  try {
    await link(from, to)
  } catch (error) {
    const code = isError(error) && 'code' in error ? error.code : undefined
    if (code === 'EEXIST') throw error
    await copyFile(from, to, constants.COPYFILE_EXCL)
  }
}

function versionPath(path: string): string {
  return `${path}.json`
}

async function readVersion(path: string): Promise<ContentVersion | undefined> {
  try {
    const { etag, totalBytes } = versionSchema.parse(
      parseJsonObject(await readFile(versionPath(path), 'utf8'))
    )
    return defined({ etag, totalBytes })
  } catch {
    return undefined
  }
}

const versionSchema = z.object({ etag: z.optional(z.string()), totalBytes: z.optional(z.number()) })
