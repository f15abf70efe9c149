import { createHash } from 'node:crypto'
import { type FormFields, readFormFields } from '@bursar/translation'
import { SentBody } from './sent-body.js'

/** A form with files, as it is answered and told from others. */
export interface FormRequest extends FormFields {
  /** The same for the same fields and files. */
  readonly sent: SentBody
}

/** Reads a form. */
export async function readForm(sent: FormData): Promise<FormRequest> {
  const { form, body } = readFormFields(sent)
  const parts: (readonly [name: string, value: string])[] = []
  for (const [name, value] of form)
    parts.push([name, typeof value === 'string' ? value : await hashOf(value)])
  return { form, body, sent: new SentBody(new TextEncoder().encode(JSON.stringify(parts))) }
}

async function hashOf(file: Blob): Promise<string> {
  return createHash('sha256')
    .update(new Uint8Array(await file.arrayBuffer()))
    .digest('hex')
}
