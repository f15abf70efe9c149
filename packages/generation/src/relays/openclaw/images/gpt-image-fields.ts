import type { RequestViolation } from '@bursar/core'
import { shown } from '../../../shared/checks/invalid-request.js'
import { oneOf, textUpTo, violationsOf, wholeNumber } from '../../field-rules.js'

/** What both a new image of GPT Image and an edited one take. */
export interface GptImageFields {
  readonly model: 'gpt-image-1.5-vvip' | 'gpt-image-1-vvip' | 'gpt-image-2' | 'gpt-image-2-vip'
  /** At most 32,000 characters (OpenClaw 15). */
  readonly prompt: string
  /** `auto` or `1024x1024`: with an x (OpenClaw 10). */
  readonly size?: string
  readonly quality?: 'auto' | 'low' | 'medium' | 'high'
  /** 1 to 10; gpt-image-2 makes one (OpenClaw 11). */
  readonly n?: number
  /** Default: `url`. */
  readonly responseFormat?: 'url' | 'b64_json'
}

const MAX_PROMPT = 32_000

/** Whether a model is one of GPT Image. */
export function isGptImage(model: string): boolean {
  return model.startsWith('gpt-image-')
}

/** What the service would reject of the common fields. */
export function checkGptImage({ model, prompt, size, quality, n, responseFormat }: GptImageFields) {
  return violationsOf(
    textUpTo('prompt', prompt, MAX_PROMPT),
    checkSize(model, size),
    oneOf('quality', quality, ['auto', 'low', 'medium', 'high']),
    wholeNumber('n', n, { min: 1, max: isSecond(model) ? 1 : 10 }),
    oneOf('responseFormat', responseFormat, ['url', 'b64_json'])
  )
}

function isSecond(model: string): boolean {
  return model.startsWith('gpt-image-2')
}

const firstSizes = ['auto', '1024x1024', '1536x1024', '1024x1536'] as const
const MAX_SIDE = 3840
const STEP = 16
const MAX_RATIO = 3

/** OpenClaw 10 and 12. */
function checkSize(model: string, size: string | undefined): RequestViolation | undefined {
  if (size === undefined || size === 'auto') return undefined
  if (!isSecond(model)) return oneOf('size', size, firstSizes)
  const [, width, height] = (/^(\d{2,4})x(\d{2,4})$/.exec(size) ?? []).map(Number)
  const fits =
    width !== undefined &&
    height !== undefined &&
    Math.max(width, height) <= MAX_SIDE &&
    width % STEP === 0 &&
    height % STEP === 0 &&
    Math.max(width, height) <= MAX_RATIO * Math.min(width, height)
  if (fits) return undefined
  const allowed = `auto, or WIDTHxHEIGHT in steps of ${STEP}, up to ${MAX_SIDE}, no longer than ${MAX_RATIO}:1`
  return { field: 'size', rule: 'size', message: `size is ${shown(size)}`, allowed }
}
