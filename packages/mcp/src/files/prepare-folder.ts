import { lstat, mkdir, mkdtemp } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { makeFolder } from '@bursar/core/files'

/**
 * Makes the folder for files. By default it is one of the user's own in the temporary folder, since files that strangers
 * can make large have no place on the disk of the ledger.
 *
 * @returns its path.
 */
export async function prepareFolder(given: string | undefined): Promise<string> {
  if (given !== undefined) {
    await makeFolder(given, 0o700)
    return given
  }
  const own = join(tmpdir(), `bursar-files-${userInfo().uid}`)
  await mkdir(own, { mode: 0o700 }).catch(() => undefined)
  // Everybody can write into the temporary folder: another user may have made a folder of this name.
  return (await isOwn(own)) ? own : mkdtemp(join(tmpdir(), 'bursar-files-'))
}

async function isOwn(path: string): Promise<boolean> {
  const stats = await lstat(path).catch(() => undefined)
  const { uid } = userInfo()
  if (!stats?.isDirectory()) return false
  return uid === -1 || (stats.uid === uid && (stats.mode & 0o077) === 0)
}
