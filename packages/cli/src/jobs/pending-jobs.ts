import { createHash, randomUUID } from 'node:crypto'
import type { JsonObject } from '@bursar/core'
import { dataPath } from '../files/data-folder.js'
import type { Env } from '../io.js'
import { UsageError } from '../usage-error.js'
import { isAlive } from './is-alive.js'
import { type JobFile, JobFiles } from './job-files.js'
import type { PendingJob } from './pending-job.js'

/** A command that runs touches its file this often. */
const HEARTBEAT_MS = 2000
/** A file that was not touched for so long is a killed command's, even if another process has its number by now. */
const SILENCE_MS = 10_000

/** The files of this process. */
const ownFiles = new Set<string>()

/** What a command is about to buy. */
export interface JobRequest {
  /** The fields by which it differs from other commands. */
  readonly identity: JsonObject
  readonly about: Pick<PendingJob, 'verb' | 'model' | 'prompt'>
  /** Unix milliseconds. */
  readonly nowMs: number
}

/** A pending job, while its command runs. */
export interface OpenJob {
  readonly pending: PendingJob
  /** Whether a killed command began it. */
  readonly isResumed: boolean
  /**
   * Keeps the service's name for the job, which is bought by now: where it cannot be written, as on a full disk, it is tried again
   * until the command ends.
   */
  keepJob(job: string): void
  /** Deletes the job's file: the job is saved, or nothing was paid for it. */
  forget(): void
  /** Ends the heartbeat. The job is then free for another command, unless it was forgotten. */
  close(): void
}

/**
 * What commands have begun to buy. A command that is killed leaves its file behind; the same command, run again, finds it
 * and goes on instead of buying again.
 */
export class PendingJobs {
  readonly #folder: string
  readonly #files: JobFiles

  constructor(env: Env) {
    this.#folder = dataPath(env, 'jobs')
    this.#files = new JobFiles(this.#folder)
  }

  /** Notes a job before this command pays anything: what is not noted could not be resumed. @throws {UsageError} */
  #note(name: string, pending: PendingJob, isResumed: boolean): void {
    try {
      this.#files.write(name, pending)
    } catch (cause) {
      const paid = isResumed ? 'Nothing more was paid' : 'Nothing was paid'
      throw new UsageError(`Jobs are noted in ${this.#folder}, which cannot be written. ${paid}`, { cause })
    }
  }

  /** Resumes what a killed command left behind that bought the same, or begins again. */
  open({ identity, about, nowMs }: JobRequest): OpenJob {
    const hash = createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 16)
    const name = `${hash}-${randomUUID()}.json`
    this.#files.removeDrafts()
    const left = this.#resume(hash, name, nowMs)
    const purchase = left?.purchase ?? `${about.verb} ${randomUUID()}`
    const pending = { purchase, startedAtMs: nowMs, ...about, ...left, pid: process.pid }
    this.#note(name, pending, left !== undefined)
    return { ...this.#openJob(name, pending), isResumed: left !== undefined }
  }

  /** What is not saved yet, oldest first. */
  list(): readonly PendingJob[] {
    return this.#files
      .read()
      .map(({ pending }) => pending)
      .sort((a, b) => a.startedAtMs - b.startedAtMs)
  }

  /** Forgets a job by the service's name, whichever command began it. */
  forget(job: string): void {
    for (const { name, pending } of this.#files.read()) if (pending.job === job) this.#files.remove(name)
  }

  #openJob(name: string, pending: PendingJob): Omit<OpenJob, 'isResumed'> {
    const files = this.#files
    ownFiles.add(name)
    let unwritten: PendingJob | undefined
    const write = (): void => {
      if (unwritten && files.tryWrite(name, unwritten)) unwritten = undefined
    }
    const beat = (): void => {
      write()
      files.touch(name)
    }
    const heartbeat = setInterval(beat, HEARTBEAT_MS).unref()
    return {
      pending,
      keepJob(job) {
        unwritten = { ...pending, job }
        write()
      },
      forget() {
        unwritten = undefined
        files.remove(name)
      },
      close() {
        write()
        clearInterval(heartbeat)
        ownFiles.delete(name)
      }
    }
  }

  /** Renames what a killed command left behind: of two commands that want it, one gets it. */
  #resume(hash: string, name: string, nowMs: number): PendingJob | undefined {
    const found = this.#files.read().find((file) => file.name.startsWith(hash) && !isInUse(file, nowMs))
    return found && this.#files.rename(found.name, name) ? found.pending : undefined
  }
}

/** A heartbeat that lies ahead, since the clock was set back, proves nothing. */
function isInUse({ name, pending, touchedAtMs }: JobFile, nowMs: number): boolean {
  const isFresh = Math.abs(nowMs - touchedAtMs) < SILENCE_MS
  return ownFiles.has(name) || (isAlive(pending.pid) && isFresh)
}
