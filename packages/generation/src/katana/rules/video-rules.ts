import { listOf, shown } from '../../shared/checks/invalid-request.js'
import type { VideoModel } from '../catalogue/model.js'
import type { ResolvedVideoItem } from '../resolved-item.js'
import { customRules } from './custom-rules.js'
import { countOf } from './image-rules.js'
import { aspectRule, mediaRule, promptRule } from './shared-rules.js'
import type { Rule, RuleName, Violation } from './violation.js'

type VideoRule = Rule<ResolvedVideoItem, VideoModel>

/** Katana's cap over all models (Katana 120). */
const MAX_AUDIO_FILES = 4

/** Katana 115. */
const duration: VideoRule = ({ durationSeconds }, { name, costsTenths }) => {
  const listed = [...costsTenths.keys()]
  if (listed.includes(durationSeconds)) return []
  const message = `${name} makes no videos of ${shown(durationSeconds)} seconds`
  return [{ field: 'durationSeconds', rule: 'duration_not_listed', message, allowed: listOf(listed) }]
}

/** Katana 116: the model only animates an image. */
const firstFrameRequired: VideoRule = ({ firstFrame }, { name, needsFirstFrame }) =>
  needsFirstFrame && firstFrame === undefined
    ? [
        {
          field: 'firstFrame',
          rule: 'first_frame_required',
          message: `${name} needs a first frame`,
          allowed: 'an image'
        }
      ]
    : []

/** Katana 117 and 118: a frame only where the model takes it. */
function frameRule(
  field: 'firstFrame' | 'midFrame' | 'lastFrame',
  { rule, words }: { readonly rule: RuleName; readonly words: string },
  takes: (model: VideoModel) => boolean
): VideoRule {
  return (item, model) =>
    item[field] === undefined || takes(model)
      ? []
      : [{ field, rule, message: `${model.name} takes no ${words}`, allowed: `no ${field}` }]
}

/** Katana 119. */
const references: VideoRule = ({ references: given = [] }, { name, maxReferenceImages: most }) => {
  if (given.length <= most) return []
  const message = `${name} takes ${countOf(most)} as references, not ${given.length}`
  return [{ field: 'references', rule: 'too_many_references', message, allowed: `${countOf(most)} at most` }]
}

/** Katana 120. */
const audioFiles: VideoRule = ({ audio = [] }, { name, maxAudioFiles }) => {
  if (audio.length === 0) return []
  const field = 'audio'
  if (maxAudioFiles === 0) {
    return [{ field, rule: 'audio_unsupported', message: `${name} takes no audio`, allowed: 'no audio' }]
  }
  const most = Math.min(maxAudioFiles, MAX_AUDIO_FILES)
  if (audio.length <= most) return []
  const message = `${name} takes ${most} audio files at most, not ${audio.length}`
  return [{ field, rule: 'too_many_audio_files', message, allowed: `${most} at most` }]
}

/**
 * Katana 129: frames and references do not mix unless a rule of the model says how. Kling's models have no rule, so
 * there they do not.
 */
const framesOrReferences: VideoRule = (item, { name, rules, maxReferenceImages }) => {
  const { references: given = [], firstFrame, lastFrame } = item
  const rulesSay = rules.includes('reference_no_ff_or_lf') || rules.includes('reference_ff_only')
  if (rulesSay || given.length === 0 || maxReferenceImages === 0) return []
  if (firstFrame === undefined && lastFrame === undefined) return []
  const message = `${name} has no rule that lets references go with frames`
  const allowed = 'references, or firstFrame and lastFrame'
  return [{ field: 'references', rule: 'frames_or_references', message, allowed }]
}

/** Katana 121 to 128 and 133. */
const custom: VideoRule = (item, { name, rules }) =>
  rules.flatMap((rule): Violation[] => {
    const found = customRules[rule](item)
    return found ? [{ ...found, rule, message: `${found.message} (${name}, ${rule})` }] : []
  })

const media: VideoRule = (item) => [
  ...(['firstFrame', 'midFrame', 'lastFrame'] as const).flatMap((field) =>
    item[field] === undefined ? [] : mediaRule(field, item[field], 'image')
  ),
  ...(item.references ?? []).flatMap((value, index) => mediaRule(`references[${index}]`, value, 'image')),
  ...(item.audio ?? []).flatMap((value, index) => mediaRule(`audio[${index}]`, value, 'audio'))
]

/** The rules of video items, in the order in which their findings are listed. */
export const videoRules: readonly VideoRule[] = [
  promptRule,
  // Katana 98: auto looks at the first frame, then at the first reference.
  (item, model) =>
    aspectRule(item, model, item.firstFrame !== undefined || (item.references ?? []).length > 0),
  duration,
  firstFrameRequired,
  frameRule(
    'firstFrame',
    { rule: 'first_frame_unsupported', words: 'first frame' },
    ({ hasFirstFrame }) => hasFirstFrame
  ),
  frameRule(
    'midFrame',
    { rule: 'mid_frame_unsupported', words: 'middle frame' },
    ({ hasMidFrame }) => hasMidFrame
  ),
  frameRule(
    'lastFrame',
    { rule: 'last_frame_unsupported', words: 'last frame' },
    ({ hasLastFrame }) => hasLastFrame
  ),
  references,
  audioFiles,
  framesOrReferences,
  custom,
  media
]
