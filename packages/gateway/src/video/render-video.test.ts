import { createFile, type Movie } from 'mp4box'
import { expect, it } from 'vitest'
import { renderMp4 } from './render-video.js'

/** What an independent reader makes of a file. */
function read(bytes: Uint8Array): Promise<Movie> {
  return new Promise((resolve, reject) => {
    const file = createFile()
    file.onReady = resolve
    file.onError = (_module: string, message: string) => reject(new TypeError(message))
    const buffer = Object.assign(bytes.slice().buffer, { fileStart: 0 })
    file.appendBuffer(buffer)
    file.flush()
  })
}

it.each([
  [160, 90, 5],
  [90, 160, 10],
  [160, 160, 0.5],
  [160, 68, 6.25]
])('a video of %i by %i pixels and %d seconds is read as one', async (width, height, seconds) => {
  const movie = await read(renderMp4({ prompt: 'A mug', width, height, seconds }))
  expect(movie.duration / movie.timescale).toBeCloseTo(seconds, 6)
  expect(movie.tracks).toMatchObject([
    { codec: 'avc1.42c01e', nb_samples: seconds * 8, video: { width, height } }
  ])
})

it('is the same video for the same prompt, and another for another', () => {
  const video = { width: 160, height: 90, seconds: 1 }
  expect(renderMp4({ ...video, prompt: 'A' })).toEqual(renderMp4({ ...video, prompt: 'A' }))
  expect(renderMp4({ ...video, prompt: 'A' })).not.toEqual(renderMp4({ ...video, prompt: 'B' }))
})
