import type { IncomingMessage } from 'node:http'
import { RequestProblem } from './http-problem.js'
import { readBody } from './read-body.js'

/** Whether a body is announced as a form with files. */
export function hasForm({ headers }: IncomingMessage): boolean {
  return /^multipart\/form-data\b/i.test(headers['content-type'] ?? '')
}

/**
 * Reads a form with files. A page can send one without asking, so that a server that reads forms must authenticate by a
 * header, as `authenticate` does.
 *
 * @throws {RequestProblem} 400 for more than `maxBytes` or anything but a form.
 */
export async function readFormBody(message: IncomingMessage, maxBytes: number): Promise<FormData> {
  const body = await readBody(message, maxBytes)
  const headers = { 'content-type': message.headers['content-type'] ?? '' }
  try {
    return await new Response(body, { headers }).formData()
  } catch {
    throw new RequestProblem({ status: 400, code: 'invalid_form', message: 'The body is not a form' })
  }
}
