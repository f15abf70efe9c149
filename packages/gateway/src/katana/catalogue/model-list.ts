import type { JsonObject } from '@bursar/core'
import { catalogue } from './catalogue.js'

/** The body of `GET /v1/models`. */
export function modelList(): JsonObject {
  return {
    images: catalogue.image.map((model) => ({
      public_model_name: model.id,
      display_name: model.displayName,
      model_key: model.key,
      supported_aspects: model.aspects,
      supports_reference_images: model.maxReferenceImages > 0 || model.requiresImageInput,
      maximum_reference_images: model.maxReferenceImages,
      multi_image_inputs_allowed: model.maxReferenceImages > 1,
      credits: model.credits
    })),
    videos: catalogue.video.map((model) => ({
      public_model_name: model.id,
      display_name: model.displayName,
      model_key: model.key,
      supported_aspects: model.aspects,
      video_lengths_and_costs: model.durations,
      custom_rules: model.customRules,
      supports_first_frame: model.firstFrame,
      supports_last_frame: model.lastFrame,
      supports_reference_images: model.maxReferenceImages > 0,
      maximum_reference_images: model.maxReferenceImages,
      multi_image_inputs_allowed: model.maxReferenceImages > 1,
      supports_audio_input: model.maxReferenceAudioFiles > 0,
      maximum_reference_audio_files: model.maxReferenceAudioFiles,
      audio_gen_model: model.generatesAudio
    })),
    text: catalogue.text.map((model) => ({
      public_model_name: model.id,
      display_name: model.displayName,
      context_length: model.contextLength,
      max_output_tokens: model.maxOutputTokens,
      input_types: model.inputTypes,
      privacy: model.privacy
    })),
    text_pricing: Object.fromEntries(catalogue.text.map(({ id, creditsPer1M }) => [id, creditsPer1M]))
  }
}
