import { readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolderSync } from '@bursar/core/files'
import { isAlive } from './is-alive.js'
import { type PendingJob, parsePendingJob } from './pending-job.js'

/** A pending job in its file. */
export interface JobFile {
  readonly name: string
  readonly pending: PendingJob
  /** Unix milliseconds of the last heartbeat. */
  readonly touchedAtMs: number
}

/** The files of pending jobs in a folder, one each. */
export class JobFiles {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  read(): readonly JobFile[] {
    return this.#names()
      .filter((name) => name.endsWith('.json'))
      .flatMap((name) => this.#readOne(name))
  }

  write(name: string, pending: PendingJob): void {
    makeFolderSync(this.#folder, 0o700)
    const draft = this.#pathOf(`${name}.${process.pid}.new`)
    writeFileSync(draft, JSON.stringify(pending), { mode: 0o600 })
    renameSync(draft, this.#pathOf(name))
  }

  /** @returns whether it is written. */
  tryWrite(name: string, pending: PendingJob): boolean {
    try {
      this.write(name, pending)
      return true
    } catch {
      return false
    }
  }

  /** Of several commands that rename one file, one does. @returns whether it was this one. */
  rename(from: string, to: string): boolean {
    try {
      renameSync(this.#pathOf(from), this.#pathOf(to))
      return true
    } catch {
      return false
    }
  }

  /** Shows that the command of a file still runs. */
  touch(name: string): void {
    const now = new Date()
    try {
      utimesSync(this.#pathOf(name), now, now)
    } catch {
      // The job has been saved meanwhile.
    }
  }

  remove(name: string): void {
    rmSync(this.#pathOf(name), { force: true })
  }

  /** Removes what killed commands had not written whole. */
  removeDrafts(): void {
    for (const name of this.#names()) {
      const [, pid] = /\.(\d+)\.new$/.exec(name) ?? []
      if (pid !== undefined && !isAlive(Number(pid))) this.remove(name)
    }
  }

  #readOne(name: string): readonly JobFile[] {
    const path = this.#pathOf(name)
    try {
      const pending = parsePendingJob(readFileSync(path, 'utf8'))
      return pending ? [{ name, pending, touchedAtMs: statSync(path).mtimeMs }] : []
    } catch {
      // It was saved, or resumed by another command, meanwhile.
      return []
    }
  }

  #names(): readonly string[] {
    try {
      return readdirSync(this.#folder)
    } catch {
      return []
    }
  }

  #pathOf(name: string): string {
    return join(this.#folder, name)
  }
}
