import type { JsonObject } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { drawImage } from '../../images/draw-image.js'
import { encodePng } from '../../images/png.js'
import { catalogue } from '../catalogue/catalogue.js'
import { formatCredits } from '../catalogue/credits.js'
import { readVideoItem } from './video-item.js'

const url = 'https://example.com/a.png'
const sound = 'https://example.com/a.mp3'
const wide = (await encodePng(drawImage('wide', 96, 40), 'wide')).toString('base64')

/** A WAV of silence: one byte a sample, eight samples a second. */
function wav(seconds: number): string {
  const bytes = Buffer.alloc(44 + seconds * 8)
  bytes.write('RIFF', 0)
  bytes.write('data', 36)
  bytes.writeUInt32LE(8, 28)
  bytes.writeUInt32LE(seconds * 8, 40)
  return `data:audio/wav;base64,${bytes.toString('base64')}`
}

function read(
  model: string,
  media: JsonObject | undefined,
  changes: JsonObject = {},
  rulesOff: readonly string[] = []
) {
  const listed = catalogue.video.find(({ id }) => id === model)
  return readVideoItem(
    {
      type: 'video',
      model,
      prompt: 'A mug',
      duration_seconds: listed?.durations[0]?.seconds ?? 5,
      aspect_ratio: listed?.aspects[0] ?? '16:9',
      ...(media === undefined ? {} : { video_image_data: media }),
      ...changes
    },
    { modelKeysAllowed: true, rulesOff }
  )
}

const first = { first_frame_image_url: url }
const last = { last_frame_image_url: url }
const both = { ...first, ...last }
const references = (count: number): JsonObject => ({ reference_image_urls: Array(count).fill(url) })
const sounds = (count: number): JsonObject => ({ audio_input_urls: Array(count).fill(sound) })
const taken = { kind: 'video' }
const seedance = ['seedance-2-0', 'seedance-2-0-480p', 'seedance-2-0-fast']
const wan = ['wan-2-7-1080p', 'wan-2-7-720p']
const kling = ['kling-o3-4k', 'kling-3-0-kling30pro', 'kling-3-0-kling30']

describe('a video item', () => {
  it('Katana 115 and 132: costs what its length costs, and is rejected with another length', () => {
    for (const { id, durations, requiresImage } of catalogue.video) {
      const media = requiresImage ? first : undefined
      for (const { seconds, credits } of durations) {
        const spec = read(id, media, { duration_seconds: seconds })
        expect(spec).toMatchObject({ ...taken, seconds })
        expect('credits' in spec && formatCredits(spec.credits)).toBe(credits)
      }
      expect(read(id, media, { duration_seconds: 7 })).toMatchObject({ code: 'unsupported_duration' })
    }
  })

  it('Katana 97: is rejected with a ratio that its model does not list', () => {
    expect(read('seedance-2-0', undefined, { aspect_ratio: '7:5' })).toMatchObject({
      code: 'unsupported_aspect_ratio'
    })
  })

  it('Katana 98: auto goes by the first frame, and then by the first reference', () => {
    const auto = { aspect_ratio: 'auto' }
    expect(read('seedance-2-0', { first_frame_image_url: wide }, auto)).toMatchObject({ aspect: '16:9' })
    expect(read('seedance-2-0', { reference_image_urls: [wide] }, auto)).toMatchObject({ aspect: '16:9' })
  })

  it('Katana 99: auto without an image is 1:1, and rejected where that is not listed', () => {
    expect(read('seedance-2-0', undefined, { aspect_ratio: 'auto' })).toMatchObject({ aspect: '1:1' })
    for (const model of ['veo3-1', 'veo3-1-fast', 'veo3-1-lite']) {
      expect(read(model, undefined, { aspect_ratio: 'auto' })).toMatchObject({
        code: 'unsupported_aspect_ratio'
      })
    }
  })

  it('Katana 100 and 101: is rejected with http, file and local media, and with what is no image', () => {
    for (const value of ['http://example.com/a.png', 'file:///a.png', '/tmp/a.png', 'aGVsbG8=']) {
      expect(read('seedance-2-0', { first_frame_image_url: value })).toMatchObject({ code: 'invalid_media' })
    }
    expect(read('ltx-2-3', { ...first, audio_input_urls: ['/tmp/a.mp3'] })).toMatchObject({
      code: 'invalid_media'
    })
  })

  it('Katana 116: needs a first frame with eight models', () => {
    const needing = catalogue.video.filter(({ requiresImage }) => requiresImage).map(({ id }) => id)
    expect(needing.sort()).toEqual([
      'hailuo-2-minimax',
      'kling-1-6',
      'kling-2-0',
      'kling-2-1-kling21',
      'kling-2-1-kling21loop',
      'seedance-lite-seedancelite',
      'seedance-lite-seedanceliteloop',
      'seedance-pro'
    ])
    for (const id of needing) {
      expect(read(id, undefined)).toMatchObject({ code: 'first_frame_required' })
      expect(read(id, first)).toMatchObject(taken)
    }
  })

  it('Katana 117: is rejected with a mid frame by every model', () => {
    for (const { id } of catalogue.video) {
      expect(read(id, { ...first, mid_frame_image_url: url })).toMatchObject({ code: 'mid_frame' })
    }
  })

  it('Katana 118: is rejected with a last frame where the model takes none', () => {
    for (const { id, lastFrame } of catalogue.video) {
      expect(read(id, both)).toMatchObject(lastFrame ? taken : { code: 'last_frame' })
    }
  })

  it('Katana 119: takes as many references as its model, and no more', () => {
    for (const { id, maxReferenceImages: most, requiresImage } of catalogue.video) {
      const frames = requiresImage ? first : {}
      expect(read(id, { ...frames, ...references(most + 1) })).toMatchObject({ code: 'references' })
      if (most > 0) expect(read(id, references(most))).toMatchObject(taken)
    }
  })

  it('Katana 120: takes as many audio files as its model, and no more', () => {
    for (const { id, maxReferenceAudioFiles: most } of catalogue.video) {
      expect(read(id, { ...first, ...sounds(most + 1) })).toMatchObject({ code: 'audio' })
    }
    expect(read('seedance-2-0', sounds(3))).toMatchObject(taken)
    expect(read('wan-2-7-720p', sounds(1))).toMatchObject(taken)
  })

  it('Katana 121: is rejected with a last frame alone by the three Seedance 2.0', () => {
    for (const model of seedance) {
      expect(read(model, last)).toMatchObject({ code: 'lf_needs_ff' })
      expect(read(model, both)).toMatchObject(taken)
    }
  })

  it('Katana 122: takes a last frame alone with LTX, WAN 2.7 and Kling 3', () => {
    for (const model of ['ltx-2-3', ...wan, ...kling]) expect(read(model, last)).toMatchObject(taken)
  })

  it('Katana 123: is rejected with references beside frames by the models that say so', () => {
    for (const model of [...seedance, ...wan, 'happy-horse-1-0-1080p', 'happy-horse-1-0-720p']) {
      const refused = read(model, { ...first, ...references(1) })
      expect(refused).toHaveProperty('code')
      expect(read(model, references(1))).toMatchObject(taken)
    }
  })

  it('Katana 124: is rejected with an audio file beside frames by the three Seedance 2.0', () => {
    for (const model of seedance) {
      expect(read(model, { ...first, ...sounds(1) })).toMatchObject({ code: 'audio_or_fflf_exclusive' })
    }
  })

  it('Katana 125: is rejected with more than 15 seconds of audio by the three Seedance 2.0', () => {
    for (const model of seedance) {
      expect(read(model, { audio_input_urls: [wav(8), wav(8)] })).toMatchObject({ code: 'audio_15s_max' })
      expect(read(model, { audio_input_urls: [wav(8), wav(7)] })).toMatchObject(taken)
    }
  })

  it('Katana 126: takes an audio file with LTX beside a first frame, and beside nothing else', () => {
    expect(read('ltx-2-3', sounds(1))).toMatchObject({ code: 'audio_ff_only' })
    expect(read('ltx-2-3', { ...both, ...sounds(1) })).toMatchObject({ code: 'audio_ff_only' })
    expect(read('ltx-2-3', { ...first, ...sounds(1) })).toMatchObject(taken)
  })

  it('Katana 127: is as long as its audio with LTX, at the price of the length that was asked for', () => {
    expect(read('ltx-2-3', { ...first, audio_input_urls: [wav(9)] })).toMatchObject({ seconds: 9 })
  })

  it('Katana 128: takes a voice with WAN 2.7', () => {
    for (const model of wan) expect(read(model, sounds(1))).toMatchObject(taken)
  })

  it('Katana 129: is rejected with frames and references mixed where no rule allows it', () => {
    for (const model of kling) {
      expect(read(model, { ...first, ...references(1) })).toMatchObject({ code: 'frames_or_references' })
    }
  })

  it('Katana 130: merges reference assets by their kind, and counts them together', () => {
    const asset = (kind: string): JsonObject => ({ kind, url })
    const assets = (kinds: string[]): JsonObject => ({ reference_assets: kinds.map(asset) })
    const images = ['style_reference', 'reference_image', 'image']
    expect(read('seedance-2-0', references(4), assets(images))).toMatchObject(taken)
    expect(read('seedance-2-0', references(5), assets(images))).toMatchObject({ code: 'references' })
    const audio = ['audio', 'source_audio', 'reference_audio', 'audio_reference']
    expect(read('seedance-2-0', undefined, assets(audio.slice(0, 3)))).toMatchObject(taken)
    expect(read('seedance-2-0', undefined, assets(audio))).toMatchObject({ code: 'audio' })
    expect(read('seedance-2-0', undefined, assets(['video']))).toMatchObject({ code: 'invalid_media' })
  })

  it.each(['image_url', 'input_image_url', 'input_image', 'input_image_b64'])(
    'Katana 131: takes %s for the first frame',
    (field) => {
      expect(read('seedance-pro', undefined, { [field]: url })).toMatchObject(taken)
    }
  )

  it('Katana 131: takes reference_image_urls beside video_image_data for references', () => {
    expect(read('seedance-2-0', undefined, references(8))).toMatchObject({ code: 'references' })
  })

  it('Katana 95 and 96: names its model by the public name, or by the internal key', () => {
    expect(read('sora-9', undefined)).toMatchObject({ code: 'no_such_model' })
    expect(read('seedance2', undefined, { aspect_ratio: '16:9' })).toMatchObject(taken)
  })

  it('Katana 133: no model of the catalogue has the two rules that only the glossary knows', () => {
    const rules = catalogue.video.flatMap(({ customRules }) => customRules)
    expect(rules).not.toContain('audio_needs_reference_image')
    expect(rules).not.toContain('reference_ff_only')
  })
})
