import { createHash } from 'node:crypto'
import type { JsonObject, JsonValue } from '@bursar/core'

/** A form with files, as it is answered and told from others. */
export interface FormRequest {
  readonly form: FormData
  /** The text fields by their names. */
  readonly body: JsonObject
  /** The same for the same fields and files. */
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** Numbers and flags of OpenAI's forms, where they are text. */
const numbers: ReadonlySet<string> = new Set(['n', 'output_compression', 'partial_images'])

/** Reads a form. OpenAI's SDK names each of several files `image[]`, and one file `image`: both are `image` here. */
export async function readForm(sent: FormData): Promise<FormRequest> {
  const form = new FormData()
  const body: Record<string, JsonValue> = {}
  const parts: (readonly [name: string, value: string])[] = []
  for (const [sentName, value] of sent) {
    const name = sentName.replace(/\[\]$/, '')
    if (typeof value === 'string') {
      form.append(name, value)
      body[name] = fieldValue(name, value)
      parts.push([name, value])
    } else {
      form.append(name, value, value.name)
      parts.push([
        name,
        createHash('sha256')
          .update(await bytesOf(value))
          .digest('hex')
      ])
    }
  }
  return { form, body, bytes: new TextEncoder().encode(JSON.stringify(parts)) }
}

/** The files of a form by their name. */
export async function filesOf(form: FormData | undefined, name: string): Promise<readonly Uint8Array[]> {
  const files = form?.getAll(name).filter((value) => typeof value !== 'string') ?? []
  return Promise.all(files.map(bytesOf))
}

async function bytesOf(file: Blob): Promise<Uint8Array> {
  return new Uint8Array(await file.arrayBuffer())
}

function fieldValue(name: string, value: string): JsonValue {
  if (numbers.has(name) && /^\d{1,6}$/.test(value)) return Number(value)
  if (name === 'stream') return value === 'true' ? true : value === 'false' ? false : value
  return value
}
