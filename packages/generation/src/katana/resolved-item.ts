import { type MediaInput, mediaText } from '../shared/media/media-input.js'
import type { GenerationItem, ImageOptions, VideoOptions } from './item.js'

/** An image to make whose media are the texts that go over the wire. */
export interface ResolvedImageItem extends Omit<ImageOptions, 'images'> {
  readonly type: 'image'
  readonly model: string
  readonly aspectRatio: string
  readonly images?: readonly string[]
}

/** A video to make whose media are the texts that go over the wire. */
export interface ResolvedVideoItem
  extends Omit<VideoOptions, 'firstFrame' | 'midFrame' | 'lastFrame' | 'references' | 'audio'> {
  readonly type: 'video'
  readonly model: string
  readonly durationSeconds: number
  readonly aspectRatio: string
  readonly firstFrame?: string
  readonly midFrame?: string
  readonly lastFrame?: string
  readonly references?: readonly string[]
  readonly audio?: readonly string[]
}

/** An item that can be checked and sent. */
export type ResolvedItem = ResolvedImageItem | ResolvedVideoItem

/** Reads the media of an item. @throws {BursarError} `request/invalid` when it cannot be read. */
export async function resolveItem(item: GenerationItem): Promise<ResolvedItem> {
  if (item.type === 'image') {
    const { images, ...rest } = item
    return { ...rest, ...(images ? { images: await texts('images', images) } : {}) }
  }
  const { firstFrame, midFrame, lastFrame, references, audio, ...rest } = item
  return {
    ...rest,
    ...(firstFrame === undefined ? {} : { firstFrame: await mediaText(firstFrame, 'firstFrame') }),
    ...(midFrame === undefined ? {} : { midFrame: await mediaText(midFrame, 'midFrame') }),
    ...(lastFrame === undefined ? {} : { lastFrame: await mediaText(lastFrame, 'lastFrame') }),
    ...(references ? { references: await texts('references', references) } : {}),
    ...(audio ? { audio: await texts('audio', audio) } : {})
  }
}

function texts(field: string, inputs: readonly MediaInput[]): Promise<string[]> {
  return Promise.all(inputs.map((input, index) => mediaText(input, `${field}[${index}]`)))
}
