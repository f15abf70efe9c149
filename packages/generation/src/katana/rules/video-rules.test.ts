import { describe, expect, it } from 'vitest'
import { PICTURE, SOUND, videoFor } from '../../../test/items.js'
import { dataUrl, png, wav } from '../../../test/samples.js'
import type { VideoModel } from '../catalogue/model.js'
import { katanaCatalogue } from '../catalogue/snapshot.js'
import type { ResolvedVideoItem } from '../resolved-item.js'
import { checkItem } from './check-item.js'
import { customRules } from './custom-rules.js'

const many = (value: string, count: number): string[] => new Array(count).fill(value)
const soundOf = (seconds: number): string => dataUrl('audio/wav', wav(seconds))
const SOUNDS_16S = [soundOf(9), soundOf(7)]

function brokenBy(model: VideoModel, changes: Partial<ResolvedVideoItem>): string[] {
  return checkItem(videoFor(model, changes), model).map(({ rule }) => rule)
}

function broken(name: string, changes: Partial<ResolvedVideoItem>): string[] {
  const model = katanaCatalogue.videos.find((each) => each.name === name)
  if (!model) throw new TypeError(name)
  return brokenBy(model, changes)
}

/** An item that breaks each custom rule, for the models that it binds. */
const against: Record<string, Partial<ResolvedVideoItem>> = {
  lf_needs_ff: { lastFrame: PICTURE },
  reference_no_ff_or_lf: { firstFrame: PICTURE, references: [PICTURE] },
  audio_or_fflf_exclusive: { firstFrame: PICTURE, audio: [SOUND] },
  audio_15s_max: { audio: SOUNDS_16S },
  audio_ff_only: { firstFrame: PICTURE, lastFrame: PICTURE, audio: [SOUND] }
}

describe.each(katanaCatalogue.videos)('video model $name', (model) => {
  it('is let through within its rules', () => {
    for (const aspectRatio of model.aspects) expect(brokenBy(model, { aspectRatio })).toEqual([])
    for (const durationSeconds of model.costsTenths.keys())
      expect(brokenBy(model, { durationSeconds })).toEqual([])
    expect(brokenBy(model, { firstFrame: PICTURE, aspectRatio: 'auto' })).toEqual([])
    if (model.hasLastFrame) expect(brokenBy(model, { firstFrame: PICTURE, lastFrame: PICTURE })).toEqual([])
    if (model.maxReferenceImages > 0)
      expect(brokenBy(model, { references: many(PICTURE, model.maxReferenceImages) })).toEqual([])
  })

  it('Katana 115, 118 and 119: is rejected against each rule that binds it', () => {
    expect(brokenBy(model, { aspectRatio: '7:5' })).toEqual(['aspect_not_listed'])
    expect(brokenBy(model, { durationSeconds: 7 })).toEqual(['duration_not_listed'])
    expect(brokenBy(model, { midFrame: PICTURE })).toContain('mid_frame_unsupported')
    expect(brokenBy(model, { firstFrame: 'http://example.com/a.png' })).toEqual(['media_scheme'])
    if (!model.hasLastFrame)
      expect(brokenBy(model, { firstFrame: PICTURE, lastFrame: PICTURE })).toEqual(['last_frame_unsupported'])
    if (model.needsFirstFrame) {
      const { firstFrame: _, ...without } = videoFor(model)
      expect(checkItem(without, model).map(({ rule }) => rule)).toEqual(['first_frame_required'])
    }
    const references = many(PICTURE, model.maxReferenceImages + 1)
    expect(brokenBy(model, { references })).toEqual(['too_many_references'])
    const audio = many(SOUND, model.maxAudioFiles + 1)
    expect(brokenBy(model, { audio })).toContain(
      model.maxAudioFiles > 0 ? 'too_many_audio_files' : 'audio_unsupported'
    )
    for (const rule of model.rules) {
      const changes = against[rule]
      if (changes) expect(brokenBy(model, changes)).toContain(rule)
    }
  })
})

describe('the rules of videos', () => {
  it('has a check for each rule of the glossary', () => {
    expect(Object.keys(customRules)).toHaveLength(9)
  })

  it('Katana 99: auto without an image is rejected where 1:1 is not listed', () => {
    expect(broken('veo3-1', { aspectRatio: 'auto' })).toEqual(['auto_needs_image_or_square'])
    expect(broken('veo3-1', { aspectRatio: 'auto', firstFrame: PICTURE })).toEqual([])
    expect(broken('kling-o3-4k', { aspectRatio: 'auto' })).toEqual([])
  })

  it('Katana 98: auto looks at references too', () => {
    expect(broken('seedance-2-0', { aspectRatio: 'auto', references: [PICTURE] })).toEqual([])
  })

  it('Katana 121: a last frame alone is rejected', () => {
    expect(broken('seedance-2-0', { lastFrame: PICTURE })).toEqual(['lf_needs_ff'])
  })

  it.each(['ltx-2-3', 'wan-2-7-1080p', 'wan-2-7-720p', 'kling-o3-4k', 'kling-3-0-kling30'])(
    'Katana 122: %s takes a last frame alone',
    (name) => {
      expect(broken(name, { lastFrame: PICTURE })).toEqual([])
    }
  )

  it('Katana 123: references do not go with frames', () => {
    expect(broken('happy-horse-1-0-720p', { firstFrame: PICTURE, references: [PICTURE] })).toEqual([
      'reference_no_ff_or_lf'
    ])
    expect(broken('wan-2-7-720p', { lastFrame: PICTURE, references: [PICTURE] })).toEqual([
      'reference_no_ff_or_lf'
    ])
  })

  it('Katana 124: an audio file does not go with frames', () => {
    expect(broken('seedance-2-0', { firstFrame: PICTURE, audio: [SOUND] })).toEqual([
      'audio_or_fflf_exclusive'
    ])
    expect(broken('seedance-2-0', { references: [PICTURE], audio: [SOUND] })).toEqual([])
  })

  it('Katana 125: audio files are measured, and up to 15 s go', () => {
    expect(broken('seedance-2-0', { audio: [soundOf(9), soundOf(6)] })).toEqual([])
    expect(broken('seedance-2-0', { audio: SOUNDS_16S })).toEqual(['audio_15s_max'])
  })

  it('Katana 125: where an audio file cannot be measured, the caller may say', () => {
    expect(broken('seedance-2-0', { audio: [SOUND] })).toEqual([])
    expect(broken('seedance-2-0', { audio: [SOUND], audioSeconds: 16 })).toEqual(['audio_15s_max'])
  })

  it('Katana 126: with an audio file, a first frame and nothing else', () => {
    expect(broken('ltx-2-3', { audio: [SOUND] })).toEqual(['audio_ff_only'])
    expect(broken('ltx-2-3', { audio: [SOUND], firstFrame: PICTURE })).toEqual([])
    expect(broken('ltx-2-3', { audio: [SOUND], firstFrame: PICTURE, lastFrame: PICTURE })).toEqual([
      'audio_ff_only'
    ])
  })

  it('Katana 127 and 128: rules that change the meaning forbid nothing', () => {
    expect(broken('ltx-2-3', { audio: [SOUND], firstFrame: PICTURE, durationSeconds: 20 })).toEqual([])
    expect(broken('wan-2-7-720p', { audio: [SOUND], references: [PICTURE] })).toEqual([])
  })

  it('Katana 129: without a rule, references and frames are not mixed', () => {
    const both = { firstFrame: PICTURE, references: [PICTURE] }
    expect(broken('kling-o3-4k', both)).toEqual(['frames_or_references'])
    expect(broken('kling-3-0-kling30pro', { lastFrame: PICTURE, references: [PICTURE] })).toEqual([
      'frames_or_references'
    ])
  })

  it('Katana 133: the two rules that no model has yet', () => {
    const model = katanaCatalogue.videos[0] as VideoModel
    const bound: VideoModel = { ...model, rules: ['audio_needs_reference_image', 'reference_ff_only'] }
    expect(brokenBy(bound, { audio: [SOUND] })).toEqual(['audio_needs_reference_image'])
    const frames = { firstFrame: PICTURE, references: [PICTURE] }
    expect(brokenBy(bound, frames)).toEqual([])
    expect(brokenBy(bound, { ...frames, lastFrame: PICTURE })).toEqual(['reference_ff_only'])
  })

  it('Katana 120: never more than four audio files, whatever a model lists', () => {
    const model = { ...(katanaCatalogue.videos[0] as VideoModel), maxAudioFiles: 9 }
    expect(brokenBy(model, { audio: many(SOUND, 4) })).toEqual([])
    expect(brokenBy(model, { audio: many(SOUND, 5) })).toEqual(['too_many_audio_files'])
  })

  it('recognizes an image in the place of an audio file', () => {
    expect(broken('seedance-2-0', { audio: [dataUrl('audio/wav', png())] })).toEqual(['media_kind'])
  })
})
