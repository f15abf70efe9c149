import type { RequestViolation } from '@bursar/core'
import type { CustomRule } from '../catalogue/model.js'

/** What an item can break: Katana's own rules by their names, and those of its guide by ours. */
export type RuleName =
  | CustomRule
  | 'model_unknown'
  | 'prompt_missing'
  | 'aspect_not_listed'
  | 'auto_needs_image_or_square'
  | 'duration_not_listed'
  | 'output_format'
  | 'source_image_required'
  | 'too_many_references'
  | 'hosted_models_only'
  | 'first_frame_required'
  | 'first_frame_unsupported'
  | 'mid_frame_unsupported'
  | 'last_frame_unsupported'
  | 'frames_or_references'
  | 'audio_unsupported'
  | 'too_many_audio_files'
  | 'media_scheme'
  | 'media_encoding'
  | 'media_corrupt'
  | 'media_kind'
  | 'media_unreadable'
  | 'media_too_large'
  | 'batch_size'
  | 'messages_missing'
  | 'field_misspelt'
  | 'input_unsupported'
  | 'max_tokens'
  | 'stream_needs_key'
  | 'final_frame_missing'
  | 'not_private'
  | 'nonce'

/** One thing that a request breaks. */
export interface Violation extends RequestViolation {
  readonly rule: RuleName
}

/** A rule: what is wrong with an item for a model, if anything. */
export type Rule<Item, Model> = (item: Item, model: Model) => readonly Violation[]
