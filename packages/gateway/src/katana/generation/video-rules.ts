import type { VideoModel } from '../catalogue/catalogue.js'
import { ItemError } from './item-rejection.js'
import { audioSeconds, type VideoMedia } from './video-media.js'

const MAX_AUDIO_FILES = 4
const MAX_AUDIO_SECONDS = 15

/** Says what breaks one rule. Undefined when nothing does. */
type Rule = (media: VideoMedia, model: VideoModel) => string | undefined

const hasEndFrame = ({ firstFrame, lastFrame }: VideoMedia): boolean =>
  firstFrame !== undefined || lastFrame !== undefined
const hasReferences = ({ references }: VideoMedia): boolean => references.length > 0
const hasAudio = ({ audio }: VideoMedia): boolean => audio.length > 0
const when = (isBroken: boolean, message: string): string | undefined => (isBroken ? message : undefined)

/** Rules for every model, by what the catalogue lists for it. */
const commonRules: Readonly<Record<string, Rule>> = {
  // Katana 116.
  first_frame_required: (media, { requiresImage }) =>
    when(requiresImage && media.firstFrame === undefined, 'needs a first frame'),
  // Katana 117.
  mid_frame: ({ midFrame }) => when(midFrame !== undefined, 'takes no mid frame'),
  first_frame: ({ firstFrame }, model) =>
    when(firstFrame !== undefined && !model.firstFrame, 'takes no first frame'),
  // Katana 118.
  last_frame: ({ lastFrame }, model) =>
    when(lastFrame !== undefined && !model.lastFrame, 'takes no last frame'),
  // Katana 119.
  references: ({ references }, { maxReferenceImages: limit }) =>
    when(references.length > limit, `takes at most ${limit} references`),
  // Katana 120.
  audio: ({ audio }, { maxReferenceAudioFiles: limit }) =>
    when(audio.length > Math.min(limit, MAX_AUDIO_FILES), `takes at most ${limit} audio files`),
  // Katana 129, assumed, unless a rule of the model allows both.
  frames_or_references: (media, { customRules: rules }) =>
    when(
      hasReferences(media) && hasEndFrame(media) && !rules.includes('reference_ff_only'),
      'takes frames or references, not both'
    )
}

/** The rules of Katana's glossary. Each applies to the models that name it. */
const customRules: Readonly<Record<string, Rule>> = {
  // Katana 121 and 122.
  lf_needs_ff: ({ firstFrame, lastFrame }) =>
    when(lastFrame !== undefined && firstFrame === undefined, 'takes a last frame only with a first frame'),
  // Katana 123.
  reference_no_ff_or_lf: (media) =>
    when(hasReferences(media) && hasEndFrame(media), 'takes references without first and last frame'),
  // Katana 124.
  audio_or_fflf_exclusive: (media) =>
    when(hasAudio(media) && hasEndFrame(media), 'takes audio without first and last frame'),
  // Katana 125.
  audio_15s_max: (media) =>
    when(audioSeconds(media) > MAX_AUDIO_SECONDS, `takes at most ${MAX_AUDIO_SECONDS} s of audio`),
  // Katana 126, by its literal reading.
  audio_ff_only: (media) =>
    when(
      hasAudio(media) &&
        (media.firstFrame === undefined || media.lastFrame !== undefined || hasReferences(media)),
      'takes audio with a first frame and nothing else'
    ),
  // Katana 133.
  audio_needs_reference_image: (media) =>
    when(hasAudio(media) && !hasReferences(media), 'takes audio only with a reference'),
  reference_ff_only: (media) =>
    when(hasReferences(media) && media.lastFrame !== undefined, 'takes references without a last frame'),
  // Katana 127 and 128 change what is made and forbid nothing.
  audio_drives_duration: () => undefined,
  reference_is_voice_timbre: () => undefined
}

/** Every rule that can be turned off. */
export const videoRuleNames: readonly string[] = [...Object.keys(commonRules), ...Object.keys(customRules)]

/**
 * Checks an item against the rules of its model.
 *
 * @param rulesOff rules that are not enforced.
 * @throws {ItemError} whose code is the name of the first rule that is broken.
 */
export function assertRules(media: VideoMedia, model: VideoModel, rulesOff: readonly string[]): void {
  const rules = [
    ...Object.entries(commonRules),
    ...model.customRules.flatMap((name) => (customRules[name] ? [[name, customRules[name]] as const] : []))
  ]
  for (const [name, evaluate] of rules) {
    const problem = rulesOff.includes(name) ? undefined : evaluate(media, model)
    if (problem !== undefined) throw new ItemError(name, `${model.id} ${problem}`)
  }
}
