import { createHash, randomUUID } from 'node:crypto'
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync
} from 'node:fs'
import { dirname, join } from 'node:path'
import { isJsonObject, type JsonObject } from '@bursar/core'
import { defaultPath } from '@bursar/ledger/sqlite'

/** A picture or film that a command has begun to buy and not yet saved. */
export interface PendingJob {
  /** In the ledger: what was asked is bought under it once, whatever happens. */
  readonly purchase: string
  readonly verb: string
  readonly model: string
  readonly prompt: string
  /** Unix milliseconds. */
  readonly startedAtMs: number
  /** Whose command it is. */
  readonly pid: number
  /** The service's name for it, once it has given one. */
  readonly job?: string
}

/** A command that runs touches its file this often; one whose file is older is gone, whoever has its number by now. */
const BEAT_MS = 2000
const SILENCE_MS = 10_000

/** The files of this process. */
const ours = new Set<string>()

/**
 * What commands have begun to buy, in a file each beside the ledger. A command that is killed leaves its file; the same
 * command, run again, finds it, and goes on instead of buying anew.
 */
export class PendingJobs {
  readonly #folder: string

  constructor(env: NodeJS.ProcessEnv) {
    this.#folder = join(dirname(defaultPath(env)), 'jobs')
  }

  /** Takes up what a killed command left that asked for the same, or begins anew. */
  take(asked: JsonObject, about: Pick<PendingJob, 'verb' | 'model' | 'prompt'>, nowMs: number): OpenJob {
    const hash = createHash('sha256').update(JSON.stringify(asked)).digest('hex').slice(0, 16)
    const name = `${hash}-${randomUUID()}.json`
    this.#removeDrafts()
    const left = this.#takeLeft(hash, name, nowMs)
    const purchase = left?.purchase ?? `${about.verb} ${randomUUID()}`
    const begun = { purchase, startedAtMs: nowMs, ...about, ...left, pid: process.pid }
    this.#write(name, begun)
    ours.add(name)
    const path = join(this.#folder, name)
    const beating = setInterval(() => touch(path), BEAT_MS).unref()
    return {
      pending: begun,
      isResumed: left !== undefined,
      named: (job) => this.#write(name, { ...begun, job }),
      saved: () => rmSync(path, { force: true }),
      left() {
        clearInterval(beating)
        ours.delete(name)
      }
    }
  }

  /** What is not saved yet, oldest first. */
  list(): readonly PendingJob[] {
    return this.#read()
      .map(({ pending }) => pending)
      .sort((a, b) => a.startedAtMs - b.startedAtMs)
  }

  /** Gives what a killed command left a name of ours: of two that want it, one gets it. */
  #takeLeft(hash: string, name: string, nowMs: number): PendingJob | undefined {
    const found = this.#read().find(
      (each) =>
        each.name.startsWith(hash) &&
        !ours.has(each.name) &&
        !(isAlive(each.pending.pid) && nowMs - each.touchedAtMs < SILENCE_MS)
    )
    if (!found) return undefined
    try {
      renameSync(join(this.#folder, found.name), join(this.#folder, name))
      return found.pending
    } catch {
      // Somebody else has it by now.
      return undefined
    }
  }

  /** What was made is saved, whoever began it. */
  forget(job: string): void {
    for (const { name, pending } of this.#read())
      if (pending.job === job) rmSync(join(this.#folder, name), { force: true })
  }

  #read(): readonly { readonly name: string; readonly pending: PendingJob; readonly touchedAtMs: number }[] {
    const names = filesIn(this.#folder).filter((name) => name.endsWith('.json'))
    return names.flatMap((name) => {
      const path = join(this.#folder, name)
      try {
        const pending = parse(readFileSync(path, 'utf8'))
        return pending ? [{ name, pending, touchedAtMs: statSync(path).mtimeMs }] : []
      } catch {
        // It is saved, or somebody else's, by now.
        return []
      }
    })
  }

  #write(name: string, pending: PendingJob): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
    const path = join(this.#folder, name)
    const draft = `${path}.${process.pid}.new`
    writeFileSync(draft, JSON.stringify(pending), { mode: 0o600 })
    renameSync(draft, path)
  }

  /** Removes what commands that were killed had not written whole. */
  #removeDrafts(): void {
    for (const name of filesIn(this.#folder)) {
      const [, pid] = /\.(\d+)\.new$/.exec(name) ?? []
      if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(this.#folder, name), { force: true })
    }
  }
}

/** One of them, while its command runs. */
export interface OpenJob {
  readonly pending: PendingJob
  readonly isResumed: boolean
  /** The service has named it. */
  named(job: string): void
  /** It is done with, or nothing was paid for it. */
  saved(): void
  /** The command goes. */
  left(): void
}

function touch(path: string): void {
  const now = new Date()
  try {
    utimesSync(path, now, now)
  } catch {
    // It is saved by now.
  }
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function parse(text: string): PendingJob | undefined {
  try {
    const value: unknown = JSON.parse(text)
    const isPending =
      isJsonObject(value) && typeof value.purchase === 'string' && typeof value.pid === 'number'
    return isPending ? (value as unknown as PendingJob) : undefined
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // It is there, and somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
