import { type Job, unlistedModel, type VideoOptions } from '@bursar/generation/katana'
import type { CommandContext } from '../context.js'
import { findSavedVideo, parseSavedVideo } from '../jobs/saved-video.js'
import { mediaIdentity, mediaOption } from '../options/media-option.js'
import { UsageError } from '../usage-error.js'
import { type GenerationVerbOptions, generate, type SubmitItem } from './generate.js'

/** The options of `video`. Images and audio are files or URLs. */
export interface VideoVerbOptions extends GenerationVerbOptions {
  /** Default: 16:9, or that of the first image. */
  readonly aspectRatio?: string
  /** Seconds. */
  readonly duration: number
  readonly firstFrame?: string
  readonly lastFrame?: string
  readonly reference?: readonly string[]
  readonly audio?: readonly string[]
  /** The length of all audio together, which is not known of a URL. */
  readonly audioSeconds?: number
  /** A saved video, or the id of its job: the new one begins with its last frame. */
  readonly continue?: string
}

/** Has Katana generate a video, waits for it, and saves it. */
export async function video(
  context: CommandContext,
  prompt: string,
  options: VideoVerbOptions
): Promise<void> {
  const { model, duration, audio = [], audioSeconds, continue: continues } = options
  if (audioSeconds !== undefined && audio.length === 0)
    throw new UsageError('--audio-seconds is the length of --audio, and none is given')
  const item = {
    model: unlistedModel(model),
    prompt,
    aspectRatio: options.aspectRatio ?? (hasImage(options) ? 'auto' : '16:9'),
    durationSeconds: duration,
    ...(audioSeconds === undefined ? {} : { audioSeconds })
  }
  await generate(context, options, {
    verb: 'video',
    item: { ...item, ...mediaOf(options, mediaIdentity), ...(continues === undefined ? {} : { continues }) },
    submit: submitVideo({ ...item, ...mediaOf(options, mediaOption) }, options)
  })
}

function hasImage({ firstFrame, continue: earlier, reference = [] }: VideoVerbOptions): boolean {
  return firstFrame !== undefined || earlier !== undefined || reference.length > 0
}

/** The images and the audio of the options, each made into something else. */
function mediaOf<Media>(
  { firstFrame, lastFrame, reference = [], audio = [] }: VideoVerbOptions,
  make: (text: string) => Media
) {
  return {
    ...(firstFrame === undefined ? {} : { firstFrame: make(firstFrame) }),
    ...(lastFrame === undefined ? {} : { lastFrame: make(lastFrame) }),
    references: reference.map(make),
    audio: audio.map(make)
  }
}

type UnlistedVideo = VideoOptions & {
  readonly model: ReturnType<typeof unlistedModel>
  readonly aspectRatio: string
  readonly durationSeconds: number
}

function submitVideo(item: UnlistedVideo, { continue: earlier, billing }: VideoVerbOptions): SubmitItem {
  return async (katana, call): Promise<Job> => {
    if (earlier === undefined) return katana.videos.generate(item, call)
    const asset = await findSavedVideo(katana, parseSavedVideo(earlier), billing)
    return katana.videos.extend(asset, item, call)
  }
}
