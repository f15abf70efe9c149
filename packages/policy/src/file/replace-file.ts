import { randomUUID } from 'node:crypto'
import { open, realpath, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Replaces a file at once, and returns when the new text is on the disk: a reader sees the old text or the new one. What a link
 * leads to is replaced, and not the link.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const target = await realpath(path).catch(() => path)
  const draft = `${target}.${randomUUID()}.new`
  try {
    await writeWhole(draft, text)
    await rename(draft, target)
  } finally {
    await rm(draft, { force: true })
  }
  await syncFolder(dirname(target))
}

async function writeWhole(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } catch {
    // Some systems cannot sync a folder.
  } finally {
    await folder.close()
  }
}
