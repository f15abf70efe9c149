import type { Disk } from './disk.js'

function noDisk(): never {
  throw new TypeError('There is no file system here; give bytes or a Blob, and fetch results by their url')
}

/** Browsers and edge runtimes have no files. */
export const disk: Disk = { readMedia: noDisk, saveAssets: noDisk }
