import type { TextModel, VideoModel } from '@bursar/generation/katana'
import type { Model } from './model.js'

/** What a model takes and gives, in a few words. */
export function takesText(model: Model): string {
  if (model.type === 'text') return textWords(model)
  const words = model.type === 'video' ? videoWords(model) : model.needsSourceImage ? ['edits an image'] : []
  const { maxReferenceImages: most } = model
  return [...words, ...(most > 0 ? [`${most} reference${most === 1 ? '' : 's'}`] : [])].join(', ')
}

function videoWords(model: VideoModel): readonly string[] {
  const { costsTenths, needsFirstFrame, hasLastFrame, maxAudioFiles, hasAudio } = model
  return [
    `${[...costsTenths.keys()].join(', ')} s`,
    needsFirstFrame ? 'needs a first frame' : 'first frame',
    ...(hasLastFrame ? ['last frame'] : []),
    ...(maxAudioFiles > 0 ? ['audio input'] : []),
    hasAudio ? 'with sound' : 'silent'
  ]
}

function textWords({ contextTokens, reads, features, isPrivate }: TextModel): string {
  const inputs = reads.filter((input) => input !== 'text')
  return [
    `${Math.floor(contextTokens / 1000)}k`,
    ...(isPrivate ? ['private'] : []),
    ...inputs,
    ...(features.includes('Tool calling') ? ['tools'] : []),
    ...(features.includes('Structured output') ? ['schemas'] : [])
  ].join(', ')
}
