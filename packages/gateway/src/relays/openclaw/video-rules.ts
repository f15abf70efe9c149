import type { JsonObject } from '@bursar/core'

const MAX_SEED = 2_147_483_647

/** Why a request for a video is rejected. Undefined when it follows the rules (OpenClaw 31 to 38). */
export function rejectVideoReason(body: JsonObject): string | undefined {
  return checkText(body) ?? checkNumbers(body) ?? checkImages(body) ?? checkAudio(body)
}

function checkText({ prompt, negative_prompt: negative = '' }: JsonObject): string | undefined {
  if (typeof prompt !== 'string' || prompt === '') return 'prompt is required'
  if ([...prompt].length > 1500) return 'prompt has more than 1500 characters'
  return typeof negative === 'string' && [...negative].length <= 500
    ? undefined
    : 'negative_prompt has more than 500 characters'
}

function checkNumbers({ resolution = '720P', duration = 5, seed = 0 }: JsonObject): string | undefined {
  if (resolution !== '720P' && resolution !== '1080P') return 'resolution is 720P or 1080P'
  if (!Number.isInteger(duration) || Number(duration) < 2 || Number(duration) > 15)
    return 'duration is 2 to 15'
  const isSeed = Number.isInteger(seed) && Number(seed) >= 0 && Number(seed) <= MAX_SEED
  return isSeed ? undefined : `seed is 0 to ${MAX_SEED}`
}

function checkImages(body: JsonObject): string | undefined {
  const { model, input_reference: first, images, shot_type: shots, prompt_extend: extend } = body
  const needsImage = String(model).includes('-i2v')
  const list = Array.isArray(images) ? images : []
  const all = [...(typeof first === 'string' ? [first] : []), ...list]
  if (needsImage && all.length === 0) return 'input_reference or images is required'
  if (needsImage && all.length > 1) return 'one image is taken'
  if (all.some((url) => typeof url !== 'string' || !/^https?:/.test(url))) return 'images are given by URL'
  if (shots !== undefined && shots !== 'single' && shots !== 'multi') return 'shot_type is single or multi'
  return shots === 'multi' && extend === false ? 'shot_type multi needs prompt_extend' : undefined
}

function checkAudio({ model, audio, audio_url: audioUrl }: JsonObject): string | undefined {
  if (audio === true && model !== 'wan2.6-i2v-flash') return 'audio is for wan2.6-i2v-flash'
  if (audioUrl === undefined) return undefined
  if (!String(model).startsWith('wan2.6-i2v')) return 'audio_url is for wan2.6-i2v and its flash'
  return typeof audioUrl === 'string' && /\.(?:wav|mp3)(?:\?|$)/i.test(audioUrl)
    ? undefined
    : 'audio_url names a WAV or an MP3'
}
