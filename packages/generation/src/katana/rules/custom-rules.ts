import { evaluateMedia } from '../../shared/media/media-value.js'
import type { CustomRule } from '../catalogue/model.js'
import type { ResolvedVideoItem } from '../resolved-item.js'

/** What a custom rule finds wrong. */
interface Finding {
  readonly field: string
  readonly message: string
  readonly allowed: string
}

type CustomCheck = (item: ResolvedVideoItem) => Finding | undefined

const hasFrame = ({ firstFrame, lastFrame }: ResolvedVideoItem): boolean =>
  firstFrame !== undefined || lastFrame !== undefined
const hasReferences = ({ references = [] }: ResolvedVideoItem): boolean => references.length > 0
const hasAudio = ({ audio = [] }: ResolvedVideoItem): boolean => audio.length > 0

const MAX_AUDIO_SECONDS = 15

/** Each custom rule of Katana's glossary as a check. @see Katana's guide, "Video Custom Rule Glossary" */
export const customRules: Readonly<Record<CustomRule, CustomCheck>> = {
  /** Katana 125. Audio behind a URL cannot be measured: there the caller's `audioSeconds` counts. */
  audio_15s_max: (item) => {
    const seconds = Math.max(item.audioSeconds ?? 0, measuredSeconds(item))
    if (!hasAudio(item) || seconds <= MAX_AUDIO_SECONDS) return undefined
    return {
      field: 'audio',
      message: `The audio is ${seconds.toFixed(1)} s long in all`,
      allowed: `${MAX_AUDIO_SECONDS} s in all`
    }
  },

  /** Katana 127: changes how long the video gets, and forbids nothing. */
  audio_drives_duration: () => undefined,

  /** Katana 126, by its literal reading: audio needs a first frame and goes with nothing else. */
  audio_ff_only: (item) => {
    if (!hasAudio(item)) return undefined
    const others = item.midFrame !== undefined || item.lastFrame !== undefined || hasReferences(item)
    if (item.firstFrame !== undefined && !others) return undefined
    return {
      field: 'audio',
      message: others ? 'Audio goes with a first frame only' : 'Audio needs a first frame',
      allowed: 'audio with firstFrame and no other image, or no audio'
    }
  },

  /** Katana 133. */
  audio_needs_reference_image: (item) =>
    hasAudio(item) && !hasReferences(item)
      ? {
          field: 'audio',
          message: 'Audio needs a reference image',
          allowed: 'one of references at least, or no audio'
        }
      : undefined,

  /** Katana 124. */
  audio_or_fflf_exclusive: (item) =>
    hasAudio(item) && hasFrame(item)
      ? {
          field: 'audio',
          message: 'Audio does not go with a first or last frame',
          allowed: 'audio, or firstFrame and lastFrame'
        }
      : undefined,

  /** Katana 121. */
  lf_needs_ff: ({ firstFrame, lastFrame }) =>
    lastFrame !== undefined && firstFrame === undefined
      ? {
          field: 'lastFrame',
          message: 'A last frame needs a first frame',
          allowed: 'firstFrame beside it, or no lastFrame'
        }
      : undefined,

  /** Katana 133. */
  reference_ff_only: (item) =>
    hasReferences(item) && item.lastFrame !== undefined
      ? {
          field: 'references',
          message: 'References do not go with a last frame',
          allowed: 'references with firstFrame only'
        }
      : undefined,

  /** Katana 128: changes what the audio means, and forbids nothing. */
  reference_is_voice_timbre: () => undefined,

  /** Katana 123. */
  reference_no_ff_or_lf: (item) =>
    hasReferences(item) && hasFrame(item)
      ? {
          field: 'references',
          message: 'References do not go with a first or last frame',
          allowed: 'references, or firstFrame and lastFrame'
        }
      : undefined
}

function measuredSeconds({ audio = [] }: ResolvedVideoItem): number {
  return audio.reduce((sum, value) => {
    const evaluated = evaluateMedia(value, 'audio')
    return sum + ('seconds' in evaluated ? (evaluated.seconds ?? 0) : 0)
  }, 0)
}
