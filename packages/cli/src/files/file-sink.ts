import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises'
import { syncFile } from '@bursar/core/files'
import { UsageError } from '../usage-error.js'
import type { AnswerSink } from './answer-sink.js'

/**
 * Opens a file for an answer. It gets its name when the answer is whole; until then a file of that name stays as it is.
 * What is not a regular file, such as `/dev/null`, is written to directly.
 *
 * @throws {UsageError} when the file cannot be written.
 */
export async function openFileSink(path: string): Promise<AnswerSink> {
  const isSpecial = await checkPath(path)
  const draft = isSpecial ? path : `${path}.${randomUUID().slice(0, 8)}.part`
  const file = await openForWriting(draft, isSpecial ? 'w' : 'wx', path)
  return new FileSink({ file, draft, path, isSpecial })
}

interface OpenFile {
  readonly file: FileHandle
  readonly draft: string
  readonly path: string
  readonly isSpecial: boolean
}

class FileSink implements AnswerSink {
  readonly #open: OpenFile
  #isDone = false

  constructor(open: OpenFile) {
    this.#open = open
    // An interrupted command leaves no draft behind.
    if (!open.isSpecial) process.once('exit', this.#removeDraft)
  }

  async write(bytes: Uint8Array): Promise<void> {
    await this.#open.file.writeFile(bytes)
  }

  async finish(): Promise<void> {
    const { file, draft, path, isSpecial } = this.#open
    // So that a power cut leaves no empty file under the name.
    if (!isSpecial) await syncFile(file)
    await file.close()
    if (!isSpecial) await rename(draft, path)
    this.#isDone = true
    process.off('exit', this.#removeDraft)
  }

  async discard(): Promise<void> {
    if (this.#isDone) return
    const { file, draft, isSpecial } = this.#open
    await file.close()
    if (!isSpecial) await rm(draft, { force: true })
    process.off('exit', this.#removeDraft)
  }

  readonly #removeDraft = (): void => rmSync(this.#open.draft, { force: true })
}

/** @returns whether there is something that is not a regular file. */
async function checkPath(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => undefined)
  if (stats?.isDirectory()) throw new UsageError(`${path} is a folder. Name a file in it`)
  return stats !== undefined && !stats.isFile()
}

async function openForWriting(draft: string, flags: string, path: string): Promise<FileHandle> {
  try {
    return await open(draft, flags)
  } catch (cause) {
    throw new UsageError(`${path} cannot be written. Nothing was sent or paid`, { cause })
  }
}
