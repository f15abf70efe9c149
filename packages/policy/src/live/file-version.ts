import { statSync } from 'node:fs'

/** What is another text for each state of a file: also one that was replaced by a file of the same size in the same moment. */
export function fileVersion(path: string): string {
  try {
    const { dev, ino, size, mode, mtimeNs, ctimeNs } = statSync(path, { bigint: true })
    return [dev, ino, size, mode, mtimeNs, ctimeNs].join(' ')
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
  }
}
