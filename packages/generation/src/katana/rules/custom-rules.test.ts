import { describe, expect, it } from 'vitest'
import { PICTURE, SOUND } from '../../../test/items.js'
import { openKatana } from '../../../test/katana.js'
import { dataUrl, wav } from '../../../test/samples.js'
import { answer, envelope } from '../../../test/service.js'
import type { CustomRule, VideoModel } from '../catalogue/model.js'
import { katanaCatalogue } from '../catalogue/snapshot.js'
import type { GenerationItem } from '../item.js'
import { customRules } from './custom-rules.js'

type Media = Partial<Extract<GenerationItem, { readonly type: 'video' }>>

/** A rule of the guide: its number, the models that the guide gives it, what it forbids, and what it lets through. */
interface RuleOfGuide {
  readonly number: number
  readonly models: readonly string[]
  readonly forbids?: Media
  readonly allows: Media
}

const seedance = ['seedance-2-0', 'seedance-2-0-480p', 'seedance-2-0-fast']
const happyHorse = ['happy-horse-1-0-1080p', 'happy-horse-1-0-720p']
const wan27 = ['wan-2-7-1080p', 'wan-2-7-720p']
const soundOf = (seconds: number): string => dataUrl('audio/wav', wav(seconds))
const frame = { firstFrame: PICTURE }
const references = [PICTURE]
const audio = [SOUND]

/** As the guide prints them, beside each model and in its glossary. */
const guide: Readonly<Record<CustomRule, RuleOfGuide>> = {
  lf_needs_ff: {
    number: 121,
    models: seedance,
    forbids: { lastFrame: PICTURE },
    allows: { ...frame, lastFrame: PICTURE }
  },
  reference_no_ff_or_lf: {
    number: 123,
    models: [...seedance, ...happyHorse, ...wan27],
    forbids: { ...frame, references },
    allows: { references }
  },
  audio_or_fflf_exclusive: {
    number: 124,
    models: seedance,
    forbids: { ...frame, audio },
    allows: { references, audio }
  },
  audio_15s_max: {
    number: 125,
    models: seedance,
    forbids: { references, audio: [soundOf(9), soundOf(7)] },
    allows: { references, audio: [soundOf(9), soundOf(6)] }
  },
  audio_ff_only: {
    number: 126,
    models: ['ltx-2-3'],
    forbids: { ...frame, lastFrame: PICTURE, audio },
    allows: { ...frame, audio }
  },
  audio_drives_duration: { number: 127, models: ['ltx-2-3'], allows: { ...frame, audio } },
  reference_is_voice_timbre: { number: 128, models: wan27, allows: { references, audio } },
  audio_needs_reference_image: { number: 133, models: [], forbids: { audio }, allows: { references, audio } },
  reference_ff_only: {
    number: 133,
    models: [],
    forbids: { lastFrame: PICTURE, references },
    allows: { references }
  }
}

const rulesOfGuide = Object.entries(guide).map(([rule, each]) => ({ rule, ...each }))
const bound = rulesOfGuide.flatMap(({ models, ...each }) => models.map((model) => ({ ...each, model })))

/** Asks for a video, and says which rules reject it and how many requests went out. */
async function ask(model: string, media: Media) {
  const { katana, arrivals } = await openKatana((_, response) => answer(response, envelope('processing')))
  const item = { model, prompt: 'A mug', aspectRatio: '16:9', durationSeconds: 5, ...media }
  const violations = await katana.videos.generate(item as never).then(
    () => [],
    (error: { readonly context: { readonly violations: readonly { readonly rule: string }[] } }) =>
      error.context.violations.map(({ rule }) => rule)
  )
  return { violations, sent: arrivals.length }
}

describe('the custom rules of videos', () => {
  it.each(bound.filter(({ forbids }) => forbids))(
    'S54, Katana $number: $rule of $model rejects what it forbids, and nothing is sent',
    async ({ model, rule, forbids = {} }) => {
      expect(await ask(model, forbids)).toEqual({ violations: [rule], sent: 0 })
    }
  )

  it.each(bound)(
    'S54, Katana $number: $rule of $model lets through what it allows',
    async ({ model, allows }) => {
      expect(await ask(model, allows)).toEqual({ violations: [], sent: 1 })
    }
  )

  it.each(rulesOfGuide)(
    'S54: $rule binds the models that the guide names, and no others',
    ({ rule, models }) => {
      const binds = ({ rules }: VideoModel): boolean => rules.some((each) => each === rule)
      expect(katanaCatalogue.videos.filter(binds).map(({ name }) => name)).toEqual(models)
    }
  )

  it('S54: each rule of the glossary is in this list, and has a check', () => {
    expect(Object.keys(guide).sort()).toEqual(Object.keys(customRules).sort())
  })
})
