import type { SaveContext } from './asset/save-assets.js'
import type { SavedAsset } from './asset/save-options.js'
import type { JobResult } from './job/job-state.js'

/** What needs a file system. Chosen by the `#disk` import condition. */
export interface Disk {
  /** @throws {UnreadableMedia} when there is no such file, or it is larger than a request can be. */
  readMedia(path: string | URL): Promise<Uint8Array>
  /** @throws {BursarError} `asset/*` */
  saveAssets(result: JobResult, folder: string | URL, context: SaveContext): Promise<readonly SavedAsset[]>
}
