import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { dataUrl, mp3, png, wav } from '../../../test/samples.js'
import { disk as web } from '../disk-web.js'
import { audioSecondsOf } from './audio-length.js'
import { imageSizeOf } from './image-size.js'
import { file, type MediaInput, mediaText } from './media-input.js'
import { mediaTypeOf } from './media-type.js'

/* The headers of images of 3 by 2 pixels, as far as they are read. */
const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffc0000b080002000301011100ffd9', 'hex')
const gif = Buffer.from('47494638396103000200f00000000000000000', 'hex')
const lossless = Buffer.from('524946461a000000574542505650384c0d0000002f02400000070c0a00000000000000', 'hex')

describe('images', () => {
  it.each([
    ['image/png', png(3, 2)],
    ['image/jpeg', jpeg],
    ['image/gif', gif],
    ['image/webp', lossless]
  ])('reads the size of a %s', (mimeType, bytes) => {
    expect(mediaTypeOf(bytes)).toEqual({ kind: 'image', mimeType })
    expect(imageSizeOf(bytes, mimeType)).toEqual({ width: 3, height: 2 })
  })

  it('finds no size in what is cut', () => {
    expect(imageSizeOf(png().subarray(0, -8), 'image/png')).toBeUndefined()
    expect(imageSizeOf(jpeg.subarray(0, 22), 'image/jpeg')).toBeUndefined()
    expect(imageSizeOf(lossless.subarray(0, 30), 'image/webp')).toBeUndefined()
  })
})

describe('audio files', () => {
  it('measures a WAV', () => {
    expect(audioSecondsOf(wav(2.5), 'audio/wav')).toBe(2.5)
  })

  it('measures an MP3 frame by frame, with or without a tag', () => {
    const tag = Buffer.concat([Buffer.from('ID3\x04\x00\x00\x00\x00\x01\x00', 'latin1'), Buffer.alloc(128)])
    for (const bytes of [mp3(100), Buffer.concat([tag, mp3(100)])]) {
      expect(mediaTypeOf(bytes)?.mimeType).toBe('audio/mpeg')
      expect(audioSecondsOf(bytes, 'audio/mpeg')).toBeCloseTo((100 * 1152) / 44_100, 6)
    }
  })

  it('does not guess at what it cannot measure', () => {
    expect(audioSecondsOf(Buffer.from('OggS and so on'), 'audio/ogg')).toBeUndefined()
    expect(audioSecondsOf(wav(1).subarray(0, 30), 'audio/wav')).toBeUndefined()
  })
})

describe('what becomes of media', () => {
  async function written(bytes: Uint8Array): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'bursar-media-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    await writeFile(join(folder, 'mug.dat'), bytes)
    return join(folder, 'mug.dat')
  }

  it('Katana 166: turns bytes, Blobs and files into data URLs, by what they are and not by what they are called', async () => {
    const expected = dataUrl('image/png', png())
    const path = await written(png())
    const blob = new Blob([png() as Uint8Array<ArrayBuffer>], { type: 'text/plain' })
    for (const input of [png(), blob, file(path), file(pathToFileURL(path)), { read: async () => blob }]) {
      expect(await mediaText(input, 'images[0]')).toBe(expected)
    }
  })

  it('encodes what is longer than a piece', async () => {
    const bytes = wav(10)
    expect(await mediaText(bytes, 'audio[0]')).toBe(dataUrl('audio/wav', bytes))
  })

  it('leaves text as it is, for the rules to judge', async () => {
    expect(await mediaText('http://example.com', 'images[0]')).toBe('http://example.com')
  })

  it('reads no file that is larger than a request can be', async () => {
    const path = await written(png())
    const handle = await open(path, 'r+')
    await handle.truncate(49 * 1024 * 1024)
    await handle.close()
    await expect(mediaText(file(path), 'images[0]')).rejects.toMatchObject({
      code: 'request/invalid',
      moneyState: 'none',
      context: { violations: [{ field: 'images[0]', rule: 'media_too_large' }] }
    })
    await expect(mediaText(new Uint8Array(49 * 1024 * 1024), 'images[0]')).rejects.toThrow('more than 48 MiB')
  })

  it('S22: says which field cannot be read, and why, as an error of the request', async () => {
    const path = await written(png())
    const secret = 'https://files.example/?key=secret'
    const wrong: [input: MediaInput, why: RegExp][] = [
      [file(`${path}.gone`), /^firstFrame cannot be read: there is no file .*mug\.dat\.gone/],
      [file(join(path, 'under')), /there is no file/],
      [file(dirname(path)), /is no file/],
      [file('/dev/zero'), /\/dev\/zero is no file/],
      [{ read: () => Promise.reject(new Error(secret)) }, /^firstFrame cannot be read: its read\(\) failed/]
    ]
    for (const [input, why] of wrong) {
      const error = await mediaText(input, 'firstFrame').catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ code: 'request/invalid', moneyState: 'none' })
      expect(error).toHaveProperty('message', expect.stringMatching(why))
      expect(JSON.stringify(error)).not.toContain('key=secret')
    }
  })

  it('says so where there is no file system', () => {
    expect(() => web.readMedia('mug.png')).toThrow('there is no file system here; give bytes or a Blob')
  })
})
