import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { rejectArgument } from '../reject-argument.js'

/** How much tools may have in the folder of files. */
export interface WriteQuota {
  /** How many generated files. Default: 1000. @example { files: 200 } */
  readonly files?: number | undefined
  /** Bytes of all generated files together. Default: 2 GiB. @example { bytes: 500_000_000 } */
  readonly bytes?: number | undefined
}

const MAX_FILES = 1000
const MAX_BYTES = 2 * 1024 * 1024 * 1024
/** As generated files are named: the job, the item, the asset. */
const generated = /^[\w-]+-\d+-\d+\.\w+$/

/**
 * Checks before anything is paid that what is bought may be written. Generated files are never removed for another, as
 * answers are: the operator moves or removes them.
 *
 * @param underWay how many are being made and not written yet: each has the place of a file.
 * @throws {BursarError} `request/invalid`
 */
export async function assertRoom(folder: string, quota: WriteQuota, underWay: number): Promise<void> {
  const { files: maxFiles = MAX_FILES, bytes: maxBytes = MAX_BYTES } = quota
  const names = (await readdir(folder)).filter((name) => generated.test(name))
  const sizes = await Promise.all(names.map((name) => sizeOf(join(folder, name))))
  const bytes = sizes.reduce((sum, size) => sum + size, 0)
  if (names.length + underWay < maxFiles && bytes < maxBytes) return
  throw rejectArgument({
    field: 'The folder of generated files',
    rule: 'quota',
    what: `is full: it has ${names.length} files and ${bytes} bytes, ${underWay} are being made, and the operator has to move some`,
    allowed: `${maxFiles} files and ${maxBytes} bytes`
  })
}

/** Another process may have removed it meanwhile. */
async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0
}
