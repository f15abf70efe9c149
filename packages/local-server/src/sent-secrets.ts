import { readingsOf } from './readings.js'
import { formsOf } from './secret-forms.js'

/**
 * Whether something that is sent holds a secret: as it is or encoded, and whatever percent signs and JSON's escapes stand for it.
 *
 * @param sent such as a URL, names and values of headers, and a body.
 */
export function holdsSecret(sent: readonly string[], secrets: readonly string[]): boolean {
  const texts = sent.flatMap(readingsOf).map((text) => text.toLowerCase())
  const forms = secrets.flatMap(formsOf).map((form) => form.toLowerCase())
  return forms.some((form) => texts.some((text) => text.includes(form)))
}
