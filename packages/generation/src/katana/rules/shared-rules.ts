import { listOf, shown } from '../../shared/checks/invalid-request.js'
import { evaluateMedia } from '../../shared/media/media-value.js'
import type { Violation } from './violation.js'

/** What the rules read that images and videos share. */
interface CommonFields {
  readonly prompt: string
  readonly aspectRatio: string
}

/** There is a prompt. */
export function promptRule({ prompt }: CommonFields): readonly Violation[] {
  if (typeof prompt === 'string' && prompt.trim() !== '') return []
  return [
    {
      field: 'prompt',
      rule: 'prompt_missing',
      message: 'There is no prompt',
      allowed: 'text that is not blank'
    }
  ]
}

/** Katana 97 to 99: a listed ratio, or `auto` where there is an image to take it from, or 1:1 in its place. */
export function aspectRule(
  { aspectRatio }: CommonFields,
  { name, aspects }: { readonly name: string; readonly aspects: readonly string[] },
  hasImage: boolean
): readonly Violation[] {
  const field = 'aspectRatio'
  if (aspectRatio === 'auto') {
    if (hasImage || aspects.includes('1:1')) return []
    const message = `${name} does not list 1:1, which auto means without an image`
    return [
      { field, rule: 'auto_needs_image_or_square', message, allowed: `an image, or ${listOf(aspects)}` }
    ]
  }
  if (aspects.includes(aspectRatio)) return []
  const message = `${name} does not list ${shown(aspectRatio)}`
  return [{ field, rule: 'aspect_not_listed', message, allowed: `${listOf(aspects)}, or auto` }]
}

/** What each kind of field takes. */
const accepted = {
  image: 'an HTTPS URL, or an image as a data URL, base64, bytes, a Blob or file(path)',
  audio: 'an HTTPS URL, or audio as a data URL, base64, bytes, a Blob or file(path)'
} as const

/** Katana 100 to 102, for one value. */
export function mediaRule(field: string, value: unknown, kind: 'image' | 'audio'): readonly Violation[] {
  const evaluated =
    typeof value === 'string'
      ? evaluateMedia(value, kind)
      : ({ problem: 'media_encoding', message: `is ${typeof value}` } as const)
  if (!('problem' in evaluated)) return []
  return [
    { field, rule: evaluated.problem, message: `${field} ${evaluated.message}`, allowed: accepted[kind] }
  ]
}
