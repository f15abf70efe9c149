import type { JsonObject } from '@bursar/core'
import { seededRandom } from '../../images/seeded-random.js'
import { timestamp } from '../timestamp.js'
import type { MediaSpec } from './generation-request.js'
import type { ImageSpec } from './image-item.js'
import { expiryOf, type Job } from './job.js'
import type { VideoSpec } from './video-item.js'

/**
 * The entry of a finished item in `output_assets`. `original_data_url` is the deliverable (Katana 139). Sizes and
 * lengths are those of the finished file (Katana 141).
 */
export function describeAsset(
  job: Job,
  jobId: string,
  { spec, url }: { readonly spec: MediaSpec; readonly url: string }
): JsonObject {
  const baseUrl = `${url}/assets/${jobId}`
  return {
    ...(spec.kind === 'video' ? describeVideo(spec, baseUrl) : describeImage(spec, baseUrl)),
    ...spec.size,
    expires_at: timestamp(expiryOf(job))
  }
}

function describeVideo({ seconds }: VideoSpec, baseUrl: string): JsonObject {
  return {
    kind: 'video',
    mime_type: 'video/mp4',
    url: `${baseUrl}/preview.mp4`,
    original_data_url: `${baseUrl}/original.mp4`,
    thumbnail_image_url: `${baseUrl}/thumbnail.png`,
    // Katana 140.
    thumbnail_silent_video_mp4_url: `${baseUrl}/preview.mp4`,
    final_frame_image_url: `${baseUrl}/final.png`,
    duration_seconds: seconds
  }
}

function describeImage({ format, model, prompt }: ImageSpec, baseUrl: string): JsonObject {
  return {
    kind: 'image',
    mime_type: `image/${format}`,
    url: `${baseUrl}/preview.${format}`,
    original_data_url: `${baseUrl}/original.${format}`,
    thumbnail_image_url: `${baseUrl}/thumbnail.${format}`,
    // In-house models only (Katana 114).
    ...(model.inHouse ? { metadata: { tags: tagsOf(prompt) } } : {})
  }
}

function tagsOf(prompt: string): JsonObject[] {
  const words = prompt.toLowerCase().match(/[a-z]{3,}/g) ?? []
  return [...new Set(words)].slice(0, 5).map((tag) => ({
    tag,
    confidence: Number(seededRandom(tag).between(0.6, 0.99).toFixed(2))
  }))
}
