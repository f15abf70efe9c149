import type { Disk } from './disk.js'
import { UnreadableMedia } from './media/unreadable-media.js'

/** Browsers and edge runtimes have no files. */
export const disk: Disk = {
  readMedia() {
    throw new UnreadableMedia(
      'media_unreadable',
      'cannot be read: there is no file system here; give bytes or a Blob'
    )
  },
  saveAssets() {
    throw new TypeError('There is no file system here; fetch results by their url')
  }
}
