import type { Job } from '../../job/job.js'
import { type ImageReading, openImageReader } from './read-image.js'
import type { SdkImage } from './sdk-service.js'

/** Waits for a job, and hands out its images, whose bytes are read where they are wanted. @throws {BursarError} */
export async function imagesOfJob(job: Job, reading: ImageReading): Promise<readonly SdkImage[]> {
  const { assets, requestId } = await job.result()
  const read = openImageReader(reading)
  return assets.map((asset) => ({
    url: asset.url ?? '',
    bytes: () => read({ requestId, asset })
  }))
}
