import type { HttpRequest } from '../server/request.js'
import { HttpError } from '../server/response.js'

/** A form, with its files. */
export interface Form {
  readonly fields: Readonly<Record<string, string>>
  readonly files: readonly { readonly name: string; readonly bytes: Buffer }[]
}

/**
 * Reads a form.
 *
 * @throws {HttpError} 400 when the body is not a form; 413 when it is too large.
 */
export async function readForm(request: HttpRequest): Promise<Form> {
  const type = request.header('content-type') ?? ''
  const bytes = await request.body.whole()
  let form: FormData
  try {
    form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData()
  } catch {
    throw new HttpError(400, 'invalid_form', 'The body is not multipart/form-data.')
  }
  const fields: Record<string, string> = {}
  const files: { name: string; bytes: Buffer }[] = []
  for (const [name, value] of form) {
    if (typeof value === 'string') fields[name] = value
    else files.push({ name, bytes: Buffer.from(await value.arrayBuffer()) })
  }
  return { fields, files }
}
