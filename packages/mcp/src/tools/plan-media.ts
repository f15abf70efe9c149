import { type MediaInput, unlistedModel } from '@bursar/generation/katana'
import type { McpContext } from '../context.js'
import { findReferences, type Reference } from '../files/reference-files.js'
import type { SpendingCall } from '../host/answer-call.js'
import { makeMedia } from './make-media.js'

/** An image, as a model asks for it. */
export interface ImageToolRequest {
  readonly prompt: string
  readonly model: string
  readonly aspectRatio?: string | undefined
  readonly negativePrompt?: string | undefined
  /** Pictures to edit or to refer to. */
  readonly images?: readonly string[] | undefined
}

/** A video, as a model asks for it. */
export interface VideoToolRequest {
  readonly prompt: string
  readonly model: string
  readonly aspectRatio?: string | undefined
  readonly durationSeconds: number
  readonly firstFrame?: string | undefined
  readonly lastFrame?: string | undefined
  /** Pictures of what the video shows. */
  readonly references?: readonly string[] | undefined
}

/** Plans an image. */
export async function planImage(context: McpContext, request: ImageToolRequest): Promise<SpendingCall> {
  const { prompt, model, negativePrompt, aspectRatio } = request
  const images = await find(context, request.images)
  const item = {
    model: unlistedModel(model),
    prompt,
    aspectRatio: aspectRatio ?? (images.length > 0 ? 'auto' : '1:1'),
    ...(negativePrompt === undefined ? {} : { negativePrompt }),
    ...(images.length > 0 ? { images: images.map(mediaOf) } : {})
  }
  return {
    tool: 'generate_image',
    request: { ...request, images: images.map(identityOf) },
    run: (run) =>
      makeMedia(context, { run, model, submit: (options) => context.katana.images.generate(item, options) })
  }
}

/** Plans a video. */
export async function planVideo(context: McpContext, request: VideoToolRequest): Promise<SpendingCall> {
  const { prompt, model, durationSeconds, aspectRatio } = request
  const firstFrame = await find(context, listOf(request.firstFrame))
  const lastFrame = await find(context, listOf(request.lastFrame))
  const references = await find(context, request.references)
  const all = [firstFrame, lastFrame, references]
  const item = {
    model: unlistedModel(model),
    prompt,
    durationSeconds,
    aspectRatio: aspectRatio ?? (all.flat().length > 0 ? 'auto' : '16:9'),
    ...firstFrame.map((frame) => ({ firstFrame: mediaOf(frame) }))[0],
    ...lastFrame.map((frame) => ({ lastFrame: mediaOf(frame) }))[0],
    ...(references.length > 0 ? { references: references.map(mediaOf) } : {})
  }
  return {
    tool: 'generate_video',
    request: { ...request, pictures: all.map((pictures) => pictures.map(identityOf)) },
    run: (run) =>
      makeMedia(context, { run, model, submit: (options) => context.katana.videos.generate(item, options) }),
    answersWithJob: true
  }
}

async function find(
  { files, input }: McpContext,
  names: readonly string[] = []
): Promise<readonly Reference[]> {
  if (names.length === 0) return []
  return findReferences([await files.prepare(), ...listOf(input)], names)
}

function listOf(value: string | undefined): readonly string[] {
  return value === undefined ? [] : [value]
}

function mediaOf({ media }: Reference): MediaInput {
  return media
}

function identityOf({ identity }: Reference): unknown {
  return identity
}
