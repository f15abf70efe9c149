import { HttpProblem } from '../server/answer.js'
import type { Arrival } from '../server/arrival.js'

/** A form with files. */
export interface Form {
  readonly fields: Readonly<Record<string, string>>
  readonly files: readonly { readonly name: string; readonly bytes: Buffer }[]
}

/** @throws {HttpProblem} 400 when it is none; 413 */
export async function readForm(arrival: Arrival): Promise<Form> {
  const type = arrival.header('content-type') ?? ''
  const bytes = await arrival.body.whole()
  let form: FormData
  try {
    form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData()
  } catch {
    throw new HttpProblem(400, 'invalid_form', 'The body is not multipart/form-data.')
  }
  const fields: Record<string, string> = {}
  const files: { name: string; bytes: Buffer }[] = []
  for (const [name, value] of form) {
    if (typeof value === 'string') fields[name] = value
    else files.push({ name, bytes: Buffer.from(await value.arrayBuffer()) })
  }
  return { fields, files }
}
