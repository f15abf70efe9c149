import { saveAssets } from './asset/save-assets.js'
import type { Disk } from './disk.js'
import { readMedia } from './media/read-media.js'

/** Node, Deno and Bun. */
export const disk: Disk = { readMedia, saveAssets }
