import { createHash } from 'node:crypto'
import { readFile, realpath } from 'node:fs/promises'
import { isJsonObject } from '@bursar/core'
import { makeFolder, replaceFile } from '@bursar/core/files'
import type { FilesOf, SavedFile } from '@bursar/dashboard'
import type { Env } from '../io.js'
import { dataPath } from './data-folder.js'

/**
 * Notes where the files of a job were saved, and what is in them, so that the dashboard can show them and nothing else. It is no
 * part of saving: a note that cannot be written is left out.
 */
export async function noteSaved(env: Env, job: string, saved: readonly SavedFile[]): Promise<void> {
  try {
    const files = await Promise.all(
      saved.map(async ({ path, bytes, sha256 }) => ({ path: await realpath(path), bytes, sha256 }))
    )
    await makeFolder(dataPath(env, 'saved'), 0o700)
    await replaceFile(notePath(env, job), JSON.stringify({ job, files }))
  } catch {
    // The files are saved all the same.
  }
}

/** Knows the files of jobs from these notes. */
export function savedFilesOf(env: Env): FilesOf {
  return async (job) => {
    try {
      return filesOf(await readFile(notePath(env, job), 'utf8'))
    } catch {
      return []
    }
  }
}

/** A job's id is text that a service chose, so that it is no name of a file. */
function notePath(env: Env, job: string): string {
  const hash = createHash('sha256').update(job).digest('hex').slice(0, 32)
  return dataPath(env, `saved/${hash}.json`)
}

function filesOf(text: string): readonly SavedFile[] {
  const note: unknown = JSON.parse(text)
  const files = isJsonObject(note) && Array.isArray(note.files) ? note.files : []
  return files.filter(isSavedFile)
}

function isSavedFile(value: unknown): value is SavedFile {
  return (
    isJsonObject(value) &&
    typeof value.path === 'string' &&
    typeof value.bytes === 'number' &&
    typeof value.sha256 === 'string'
  )
}
