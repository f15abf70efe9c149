import { lstatSync } from 'node:fs'

/** Whether it is certain that there is no file: a folder that may not be read says nothing. */
export function isAbsent(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) === undefined
  } catch {
    return false
  }
}
