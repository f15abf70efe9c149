import type { JsonObject, JsonValue } from '@bursar/core'

/** A form of OpenAI's API, read. */
export interface FormFields {
  /** With the names of the API. */
  readonly form: FormData
  /** The text fields by their names: of several of one name, a list. */
  readonly body: JsonObject
}

/** Numbers of OpenAI's forms, where they are text. */
const numbers: ReadonlySet<string> = new Set(['n', 'output_compression', 'partial_images'])

/** Reads a form. OpenAI's SDK names each of several files `image[]`, and one file `image`: both are `image` here. */
export function readFormFields(sent: FormData): FormFields {
  const form = new FormData()
  const body: Record<string, JsonValue> = {}
  for (const [sentName, value] of sent) {
    const name = sentName.replace(/\[\]$/, '')
    if (typeof value === 'string') {
      form.append(name, value)
      const before = Object.hasOwn(body, name) ? body[name] : undefined
      body[name] = withValue(before, fieldValue(name, value))
    } else form.append(name, value, value.name)
  }
  return { form, body }
}

/** None of several is left out in silence: where one alone is meant, a list is refused. */
function withValue(before: JsonValue | undefined, value: JsonValue): JsonValue {
  if (before === undefined) return value
  return [...(Array.isArray(before) ? before : [before]), value]
}

/** The same form for a model by another name. */
export function renameFormModel(form: FormData, model: string): FormData {
  const renamed = new FormData()
  for (const [name, value] of form) {
    if (typeof value === 'string') renamed.append(name, name === 'model' ? model : value)
    else renamed.append(name, value, value.name)
  }
  return renamed
}

/** The files of a form by their name. */
export async function filesOf(form: FormData | undefined, name: string): Promise<readonly Uint8Array[]> {
  const files = form?.getAll(name).filter((value) => typeof value !== 'string') ?? []
  return Promise.all(files.map(async (file) => new Uint8Array(await file.arrayBuffer())))
}

function fieldValue(name: string, value: string): JsonValue {
  if (numbers.has(name) && /^\d{1,6}$/.test(value)) return Number(value)
  if (name === 'stream') return value === 'true' ? true : value === 'false' ? false : value
  return value
}
