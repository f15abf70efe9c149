import type * as z from 'zod/mini'
import { defined } from '../../shared/wire/defined.js'
import { flag, number, text, texts, url } from '../../shared/wire/tolerant-schemas.js'
import type { CustomRule, ImageModel, VideoModel } from '../catalogue/model.js'
import { customRules } from '../rules/custom-rules.js'
import { credits, creditsBySeconds } from './credits-fields.js'
import { detailFields, readDetails } from './model-details.js'

const MAX_WORDS = 100

const mediaModelFields = {
  ...detailFields,
  thumbnail_url: url,
  thumbnail: url,
  model_key: text(80),
  display_name: text(80),
  creator: text(80),
  supported_aspects: texts(MAX_WORDS),
  supports_reference_images: flag,
  maximum_reference_images: number
}

/** The fields of an image model. The guide bounds its images by `multi_image_inputs_allowed`, which may be a flag. */
export const imageModelFields = { ...mediaModelFields, credits, multi_image_inputs_allowed: number }

/** The fields of a video model. */
export const videoModelFields = {
  ...mediaModelFields,
  video_lengths_and_costs: creditsBySeconds,
  supports_first_frame: flag,
  supports_mid_frame: flag,
  supports_last_frame: flag,
  supports_audio_input: flag,
  maximum_reference_audio_files: number,
  audio_gen_model: flag,
  custom_rules: texts(MAX_WORDS)
}

type Named<Fields extends z.core.$ZodShape> = z.output<z.ZodMiniObject<Fields>> & { readonly name: string }

/** Reads an image model. @param known its entry in the snapshot. */
export function readImageModel(
  entry: Named<typeof imageModelFields>,
  known: Partial<ImageModel>
): ImageModel {
  return {
    type: 'image',
    ...readMediaModel(entry, known),
    maxReferenceImages: maxReferenceImages(
      entry,
      entry.multi_image_inputs_allowed ?? known.maxReferenceImages
    ),
    needsSourceImage: known.needsSourceImage ?? false,
    isHosted: known.isHosted ?? false,
    ...defined({ costTenths: entry.credits ?? known.costTenths })
  }
}

/** Reads a video model. @param known its entry in the snapshot. */
export function readVideoModel(
  entry: Named<typeof videoModelFields>,
  known: Partial<VideoModel>
): VideoModel {
  const costsTenths = entry.video_lengths_and_costs
  return {
    type: 'video',
    ...readMediaModel(entry, known),
    maxReferenceImages: maxReferenceImages(entry, known.maxReferenceImages),
    costsTenths: costsTenths.size > 0 ? costsTenths : (known.costsTenths ?? costsTenths),
    hasFirstFrame: entry.supports_first_frame ?? known.hasFirstFrame ?? false,
    hasMidFrame: entry.supports_mid_frame ?? known.hasMidFrame ?? false,
    hasLastFrame: entry.supports_last_frame ?? known.hasLastFrame ?? false,
    needsFirstFrame: known.needsFirstFrame ?? false,
    maxAudioFiles:
      entry.supports_audio_input === false
        ? 0
        : (entry.maximum_reference_audio_files ?? known.maxAudioFiles ?? 0),
    hasAudio: entry.audio_gen_model ?? known.hasAudio ?? false,
    rules: entry.custom_rules?.filter(isCustomRule) ?? known.rules ?? []
  }
}

/** No references where the list says that the model takes none, even if it also gives a number. */
function maxReferenceImages(entry: Named<typeof mediaModelFields>, otherwise = 0): number {
  return entry.supports_reference_images === false ? 0 : (entry.maximum_reference_images ?? otherwise)
}

function readMediaModel(entry: Named<typeof mediaModelFields>, known: Partial<ImageModel | VideoModel>) {
  const { name } = entry
  return {
    name,
    ...readDetails(entry, known),
    ...defined({ thumbnailUrl: entry.thumbnail_url ?? entry.thumbnail ?? known.thumbnailUrl }),
    key: entry.model_key ?? known.key ?? name,
    displayName: entry.display_name ?? known.displayName ?? name,
    creator: entry.creator ?? known.creator ?? '',
    aspects: entry.supported_aspects ?? known.aspects ?? []
  }
}

function isCustomRule(word: string): word is CustomRule {
  return Object.hasOwn(customRules, word)
}
