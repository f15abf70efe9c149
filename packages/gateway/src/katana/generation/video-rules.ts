import type { VideoModel } from '../catalogue/catalogue.js'
import { audioSeconds, type VideoMedia } from './video-media.js'

const MAX_AUDIO_FILES = 4
const MAX_AUDIO_SECONDS = 15

/** What one rule says is wrong, if anything. */
type Rule = (media: VideoMedia, model: VideoModel) => string | undefined

const hasEndFrame = ({ firstFrame, lastFrame }: VideoMedia): boolean =>
  firstFrame !== undefined || lastFrame !== undefined
const hasReferences = ({ references }: VideoMedia): boolean => references.length > 0
const hasAudio = ({ audio }: VideoMedia): boolean => audio.length > 0
const when = (wrong: boolean, words: string): string | undefined => (wrong ? words : undefined)

/** Rules that bind every model by what the catalogue says of it. */
const common: Readonly<Record<string, Rule>> = {
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
    when(references.length > limit, `takes ${limit} references at most`),
  // Katana 120.
  audio: ({ audio }, { maxReferenceAudioFiles: limit }) =>
    when(audio.length > Math.min(limit, MAX_AUDIO_FILES), `takes ${limit} sounds at most`),
  // Katana 129, assumed: unless a rule of the model's allows it.
  frames_or_references: (media, { customRules: rules }) =>
    when(
      hasReferences(media) && hasEndFrame(media) && !rules.includes('reference_ff_only'),
      'takes frames or references, not both'
    )
}

/** The rules of Katana's glossary, each of which binds the models that name it. */
const custom: Readonly<Record<string, Rule>> = {
  // Katana 121 and 122.
  lf_needs_ff: ({ firstFrame, lastFrame }) =>
    when(lastFrame !== undefined && firstFrame === undefined, 'takes a last frame only beside a first'),
  // Katana 123.
  reference_no_ff_or_lf: (media) =>
    when(hasReferences(media) && hasEndFrame(media), 'takes references without first and last frame'),
  // Katana 124.
  audio_or_fflf_exclusive: (media) =>
    when(hasAudio(media) && hasEndFrame(media), 'takes sounds without first and last frame'),
  // Katana 125.
  audio_15s_max: (media) =>
    when(audioSeconds(media) > MAX_AUDIO_SECONDS, `takes ${MAX_AUDIO_SECONDS} s of sound at most`),
  // Katana 126, by its literal reading.
  audio_ff_only: (media) =>
    when(
      hasAudio(media) &&
        (media.firstFrame === undefined || media.lastFrame !== undefined || hasReferences(media)),
      'takes sounds with a first frame, and with nothing else'
    ),
  // Katana 133.
  audio_needs_reference_image: (media) =>
    when(hasAudio(media) && !hasReferences(media), 'takes sounds only beside a reference'),
  reference_ff_only: (media) =>
    when(hasReferences(media) && media.lastFrame !== undefined, 'takes references without a last frame'),
  // Katana 127 and 128 change what is made, and forbid nothing.
  audio_drives_duration: () => undefined,
  reference_is_voice_timbre: () => undefined
}

/**
 * The first rule that an item breaks: its name and what it says.
 *
 * @param off rules that are not enforced.
 */
export function brokenRule(
  media: VideoMedia,
  model: VideoModel,
  off: readonly string[]
): { readonly rule: string; readonly message: string } | undefined {
  const binding = [
    ...Object.entries(common),
    ...model.customRules.flatMap((name) => (custom[name] ? [[name, custom[name]] as const] : []))
  ]
  for (const [rule, evaluate] of binding) {
    const complaint = off.includes(rule) ? undefined : evaluate(media, model)
    if (complaint !== undefined) return { rule, message: `${model.id} ${complaint}` }
  }
  return undefined
}
