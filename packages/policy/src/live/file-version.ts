import { type BigIntStats, lstatSync, statSync } from 'node:fs'
import { isError } from '@bursar/core'

/**
 * What is another text for each state of a file: also one that was replaced by a file of the same size in the same moment. A link
 * to nothing is another state than no file, and a link has two: its own, and that of the file.
 */
export function fileVersion(path: string): string {
  const own = versionOf(() => lstatSync(path, { bigint: true }))
  return `${own} ${versionOf(() => statSync(path, { bigint: true }))}`
}

function versionOf(look: () => BigIntStats): string {
  try {
    const { dev, ino, size, mode, mtimeNs, ctimeNs } = look()
    return [dev, ino, size, mode, mtimeNs, ctimeNs].join(' ')
  } catch (error) {
    return isError(error) && 'code' in error ? String(error.code) : 'unreadable'
  }
}
