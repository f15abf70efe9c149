import { randomUUID } from 'node:crypto'
import { link, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '@bursar/core'
import { makeFolder, writeWhole } from '@bursar/core/files'
import { type CallJournal, isFresh, isNamed, TAKE_UP_MS } from './call-journal.js'
import { type CallRecord, parseCallRecord } from './call-record.js'
import { retireRecord } from './retire-record.js'

/** How many delivered results are kept. */
const MAX_DELIVERED = 100
/** What a journal writes. Whatever else is in its folder is another's. */
const OPEN = /^open-[\da-f]{64}\.json$/
const DELIVERED = /^delivered-[\w-]{1,128}\.json$/
const DRAFT = /^(?:old-[\w-]{1,128}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\.draft$/

/**
 * A journal in a folder, for its owner alone, that outlives its process and that several processes share. A record is one
 * file, which is written whole before it has its name.
 */
export class FolderJournal implements CallJournal {
  readonly #folder: string
  readonly #clock: Clock

  constructor(folder: string, clock: Clock) {
    this.#folder = folder
    this.#clock = clock
  }

  async begin(record: CallRecord): Promise<CallRecord> {
    await makeFolder(this.#folder, 0o700)
    const path = this.#openPath(record)
    const found = await readRecord(path)
    if (found && isFresh(found, this.#clock.nowMs())) return found
    if (found) await this.#retire(path, found)
    const draft = await this.#write(record)
    try {
      return await this.#place(draft, path, record)
    } finally {
      await rm(draft, { force: true })
    }
  }

  async update(record: CallRecord): Promise<void> {
    if (!(await this.#isOpen(record))) return
    await rename(await this.#write(record), this.#openPath(record))
  }

  async deliver(record: CallRecord): Promise<void> {
    if (!(await this.#isOpen(record))) return
    await rename(this.#openPath(record), join(this.#folder, `delivered-${record.id}.json`))
    await this.#prune()
  }

  async drop(record: CallRecord): Promise<void> {
    if (await this.#isOpen(record)) await rm(this.#openPath(record), { force: true })
  }

  async find(name: string): Promise<CallRecord | undefined> {
    const paths = (await this.#names()).map((file) => join(this.#folder, file))
    const records = await Promise.all(paths.map(readRecord))
    return records.find((record) => record !== undefined && isNamed(record, name))
  }

  /** Of several processes that begin equal calls at once, one does. @returns the record of that one. */
  async #place(draft: string, path: string, record: CallRecord): Promise<CallRecord> {
    try {
      await link(draft, path)
      return record
    } catch {
      const other = await readRecord(path)
      if (other) return other
      // What is there cannot be read, or the file system has no links.
      await rename(draft, path)
      return record
    }
  }

  async #retire(path: string, { id }: CallRecord): Promise<void> {
    const isAt = async (place: string): Promise<boolean> => (await readRecord(place))?.id === id
    await retireRecord({ path, claim: join(this.#folder, `old-${id}.draft`), isAt })
  }

  async #isOpen(record: CallRecord): Promise<boolean> {
    return (await readRecord(this.#openPath(record)))?.id === record.id
  }

  #openPath({ key }: CallRecord): string {
    return join(this.#folder, `open-${key}.json`)
  }

  /** @returns the path of a file that holds the record, also after a power cut. */
  async #write(record: CallRecord): Promise<string> {
    const draft = join(this.#folder, `${randomUUID()}.draft`)
    await writeWhole(draft, JSON.stringify(record))
    return draft
  }

  async #names(): Promise<readonly string[]> {
    const names = await readdir(this.#folder).catch((): string[] => [])
    return names.filter((name) => OPEN.test(name) || DELIVERED.test(name))
  }

  /** Removes results that are too old, or too many, and what killed processes had not written whole. */
  async #prune(): Promise<void> {
    const own = (await readdir(this.#folder)).filter((name) =>
      [OPEN, DELIVERED, DRAFT].some((each) => each.test(name))
    )
    const files = await Promise.all(own.map((name) => this.#aged(name)))
    const newestFirst = files.toSorted((a, b) => b.changedAtMs - a.changedAtMs)
    const delivered = newestFirst.filter(({ name }) => DELIVERED.test(name)).slice(MAX_DELIVERED)
    const old = newestFirst.filter(({ changedAtMs }) => this.#clock.nowMs() - changedAtMs > TAKE_UP_MS)
    for (const { name } of [...delivered, ...old]) await rm(join(this.#folder, name), { force: true })
  }

  async #aged(name: string) {
    // Another process may have removed it meanwhile.
    const stats = await stat(join(this.#folder, name)).catch(() => undefined)
    return { name, changedAtMs: stats?.mtimeMs ?? this.#clock.nowMs() }
  }
}

async function readRecord(path: string): Promise<CallRecord | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  return text === undefined ? undefined : parseCallRecord(text)
}
