import type { JsonObject } from '@bursar/core'
import { filesOf, invalidRequest, readImageEdit } from '@bursar/translation'
import type { EndpointContext, TranslatedAnswer } from './endpoint.js'
import { answerImages } from './generate-images.js'

/**
 * Edits the images of a form, or those that JSON names, and answers as for new ones.
 *
 * @throws {InvalidRequest}
 * @throws {BursarError} `request/invalid`, `job/*`, `asset/*`, and what paying throws.
 * @see https://platform.openai.com/docs/api-reference/images/createEdit
 */
export async function editImages(body: JsonObject, context: EndpointContext): Promise<TranslatedAnswer> {
  const request = readImageEdit(body, await filesOf(context.form, 'image'))
  if (context.form?.has('mask'))
    throw invalidRequest('mask has no counterpart here: leave it out', 'unsupported')
  return answerImages(body, request, context)
}
