import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { access, constants, open, readdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { syncFile } from '@bursar/core/files'
import { prepareFolder } from './prepare-folder.js'
import { assertRoom, type WriteQuota } from './write-quota.js'

/** Bytes of one answer that cost nothing, and of one that was paid for. */
const MAX_FREE_BYTES = 8 * 1024 * 1024
const MAX_PAID_BYTES = 64 * 1024 * 1024
/** Bytes and number of all answers together. */
const MAX_ALL_BYTES = 256 * 1024 * 1024
const MAX_COUNT = 200

/** An answer to keep: what was read of it already, and the rest. */
export interface AnswerBytes {
  readonly start: Uint8Array
  readonly chunks: AsyncIterable<Uint8Array>
}

/** An answer that was kept. */
export interface KeptAnswer {
  readonly path: string
  readonly bytes: number
  /** Whether the answer was larger than is kept. */
  readonly isCut: boolean
}

interface Entry {
  bytes: number
  readonly isPaid: boolean
  /** Whether the path was shown to a model. */
  isShown: boolean
}

/**
 * Answers that are saved as files, for their owner alone (mode 0600 in a folder of mode 0700). Their size and number are
 * bounded: the oldest go first, free ones before those that were paid for, and none that was paid for and not shown yet.
 */
export class AnswerFiles {
  readonly #given: string | undefined
  readonly #quota: WriteQuota
  #folder: Promise<string> | undefined
  /** How much is being made that is to be written. */
  #underWay = 0
  /** By path, oldest first. */
  readonly #entries = new Map<string, Entry>()

  /**
   * @param folder default: a folder of the user's own in the temporary one.
   * @param quota of generated files, which are kept beside the answers.
   */
  constructor(folder?: string, quota: WriteQuota = {}) {
    // A model and its host know nothing of the folder that this program runs in.
    this.#given = folder === undefined ? undefined : resolve(folder)
    this.#quota = quota
  }

  /** Makes the folder, and checks that files can be written. @returns its path. */
  async prepare(): Promise<string> {
    this.#folder ??= this.#open()
    try {
      return await this.#folder
    } catch (error) {
      this.#folder = undefined
      throw error
    }
  }

  /**
   * Makes something that is written, if it may be: what is being made at the same time counts too.
   *
   * @throws {BursarError} `request/invalid` when the folder is full.
   */
  async withRoom<Value>(make: () => Promise<Value>): Promise<Value> {
    const underWay = this.#underWay++
    try {
      await assertRoom(await this.prepare(), this.#quota, underWay)
      return await make()
    } finally {
      this.#underWay--
    }
  }

  /** Saves an answer as it arrives, as much of it as fits. */
  async keep(
    { start, chunks }: AnswerBytes,
    { extension, isPaid }: { readonly extension: string; readonly isPaid: boolean }
  ): Promise<KeptAnswer> {
    const path = join(await this.prepare(), `answer-${randomUUID()}.${extension}`)
    const file = await open(path, 'wx', 0o600)
    const entry: Entry = { bytes: 0, isPaid, isShown: false }
    this.#entries.set(path, entry)
    let isCut = false
    try {
      for await (const chunk of joined(start, chunks)) {
        const room = this.#reserve(entry, chunk.byteLength)
        // `write` may take a part only, as where the disk is almost full.
        await file.writeFile(chunk.subarray(0, room))
        isCut = room < chunk.byteLength
        if (isCut) break
      }
      // The answer counts as delivered from here on, also after a power cut.
      if (isPaid) await syncFile(file)
    } finally {
      await file.close()
      entry.isShown = true
    }
    this.#evict(0)
    return { path, bytes: entry.bytes, isCut }
  }

  async #open(): Promise<string> {
    const folder = await prepareFolder(this.#given)
    await access(folder, constants.W_OK)
    for (const name of await readdir(folder)) {
      if (!/^answer-[\w-]+\.(?:txt|bin|png|jpg|webp|gif)$/.test(name)) continue
      const { size } = await stat(join(folder, name))
      this.#entries.set(join(folder, name), { bytes: size, isPaid: true, isShown: true })
    }
    return folder
  }

  /** Counts bytes to an answer before they are written. @returns how many of them it may have. */
  #reserve(entry: Entry, wanted: number): number {
    const max = entry.isPaid ? MAX_PAID_BYTES : MAX_FREE_BYTES
    const allowed = Math.min(wanted, max - entry.bytes)
    this.#evict(allowed)
    const room = Math.max(0, Math.min(allowed, this.#free()))
    entry.bytes += room
    return room
  }

  /** Removes old answers until so many bytes are free, as far as there are any. */
  #evict(wanted: number): void {
    for (const [path, { isShown }] of this.#oldestFirst()) {
      if (this.#free() >= wanted && this.#entries.size <= MAX_COUNT) return
      if (!isShown) continue
      this.#entries.delete(path)
      rmSync(path, { force: true })
    }
  }

  #oldestFirst(): readonly (readonly [path: string, entry: Entry])[] {
    return [...this.#entries].sort(([, a], [, b]) => Number(a.isPaid) - Number(b.isPaid))
  }

  #free(): number {
    const used = [...this.#entries.values()].reduce((sum, { bytes }) => sum + bytes, 0)
    return MAX_ALL_BYTES - used
  }
}

async function* joined(start: Uint8Array, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (start.byteLength > 0) yield start
  yield* chunks
}
