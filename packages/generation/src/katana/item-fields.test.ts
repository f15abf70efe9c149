import { describe, expect, it } from 'vitest'
import { createKatanaClient } from './create-katana-client.js'
import type { ImageItem, VideoItem } from './item.js'

/** A client whose every request fails the test. */
const katana = createKatanaClient({
  fetch: () => expect.unreachable(),
  plainFetch: () => expect.unreachable()
})
const image = { model: 'gen', prompt: 'A mug', aspectRatio: '1:1' } as const
const video = { model: 'ltx-2-3', prompt: 'A wave', aspectRatio: '16:9', durationSeconds: 5 } as const

/** What a program without types may send. */
const untyped = <Item>(item: Item, more: object): Item => ({ ...item, ...more })

describe('a misspelt field', () => {
  it.each([
    [{ promt: 'A mug' }, 'promt is not an option; did you mean prompt?'],
    [{ aspect_ratio: '1:1' }, 'aspect_ratio is not an option; did you mean aspectRatio?'],
    [{ negative_prompt: 'text' }, 'negative_prompt is not an option; did you mean negativePrompt?'],
    [{ outputformat: 'png' }, 'outputformat is not an option; did you mean outputFormat?'],
    [{ image: [] }, 'image is not an option; did you mean images?'],
    [{ isUHD: true }, 'isUHD is not an option; did you mean isUhd?'],
    [{ seed: 1 }, 'seed is not an option; there are: model, prompt,']
  ])('of an image is a TypeError that names the right one: %o', async (more, message) => {
    const wrong = katana.images.generate(untyped<ImageItem>(image, more), { validate: false })
    await expect(wrong).rejects.toThrow(TypeError)
    await expect(wrong).rejects.toThrow(message)
  })

  it.each([
    [{ duration: 5 }, 'duration is not an option; did you mean durationSeconds?'],
    [{ first_frame: 'x' }, 'first_frame is not an option; did you mean firstFrame?'],
    [{ reference: [] }, 'reference is not an option; did you mean references?'],
    [{ audioSecond: 1 }, 'audioSecond is not an option; did you mean audioSeconds?'],
    [{ isFast: true }, 'isFast is not an option']
  ])('of a video is a TypeError that names the right one: %o', async (more, message) => {
    const wrong = katana.videos.generate(untyped<VideoItem>(video, more))
    await expect(wrong).rejects.toThrow(TypeError)
    await expect(wrong).rejects.toThrow(message)
  })

  it('of one item among others is named with its place', async () => {
    const items = [
      { ...image, type: 'image' } as const,
      untyped({ ...video, type: 'video' } as const, { promt: 'x' })
    ]
    await expect(katana.generate(items)).rejects.toThrow(
      '[1].promt is not an option; did you mean [1].prompt?'
    )
  })

  it('of a continuation is named before its frame is fetched, and so is a first frame beside it', async () => {
    const asset = { item: 0, index: 0, kind: 'video', finalFrameUrl: 'http://127.0.0.1:9/f.png', tags: [] }
    for (const [more, message] of [
      [{ promt: 'x' }, 'did you mean prompt?'],
      [{ firstFrame: 'https://files.example/x.png' }, 'firstFrame is not an option']
    ] as const)
      await expect(katana.videos.extend(asset, untyped(video, more))).rejects.toThrow(message)
  })
})
