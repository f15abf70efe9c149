import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { UsageError } from '../usage-error.js'

/** A request as curl's options describe it. */
export interface RequestOptions {
  readonly request?: string
  readonly header?: readonly string[]
  readonly data?: string
  readonly dataBinary?: string
  readonly form?: readonly string[]
}

/** What `fetch` takes for a request. */
export interface RequestParts {
  readonly method: string
  readonly headers: Headers
  readonly body?: BodyInit
}

/** Reads a request as curl does: `@` names a file, and a body makes the request a POST. @throws {UsageError} */
export async function readRequest(options: RequestOptions): Promise<RequestParts> {
  const body = await readBody(options)
  const headers = readHeaders(options.header ?? [])
  if (typeof body === 'string' && !headers.has('content-type')) headers.set('content-type', typeOf(body))
  const method = options.request ?? (body === undefined ? 'GET' : 'POST')
  return { method, headers, ...(body === undefined ? {} : { body }) }
}

/** @throws {UsageError} when the text is not the URL of a server. */
export function assertUrl(url: string): void {
  if (URL.canParse(url) && /^https?:\/\//i.test(url)) return
  throw new UsageError(`"${url.slice(0, 200)}" is not a URL. Write https://…`)
}

async function readBody({ data, dataBinary, form = [] }: RequestOptions): Promise<BodyInit | undefined> {
  const given = [data, dataBinary, form.length > 0 ? form : undefined].filter((each) => each !== undefined)
  if (given.length > 1) throw new UsageError('Give only one of -d, --data-binary and -F')
  if (form.length > 0) return readForm(form)
  const text = data ?? dataBinary
  if (!text?.startsWith('@')) return text
  const bytes = await readInput(text.slice(1))
  return data === undefined ? bytes : new TextDecoder().decode(bytes)
}

async function readForm(fields: readonly string[]): Promise<FormData> {
  const form = new FormData()
  for (const field of fields) {
    const [, name = '', value = ''] = /^([^=]+)=(.*)$/s.exec(field) ?? []
    if (name === '') throw new UsageError(`-F wants name=value or name=@file, not "${field.slice(0, 40)}"`)
    if (!value.startsWith('@')) form.append(name, value)
    else form.append(name, new Blob([await readInput(value.slice(1))]), basename(value.slice(1)))
  }
  return form
}

async function readInput(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(path))
  } catch (cause) {
    throw new UsageError(`${path} cannot be read`, { cause })
  }
}

/** curl would send it as a form. Nearly every paid API wants JSON, which is seen by its first character. */
function typeOf(body: string): string {
  return /^\s*[[{]/.test(body) ? 'application/json' : 'application/x-www-form-urlencoded'
}

function readHeaders(texts: readonly string[]): Headers {
  const headers = new Headers()
  for (const text of texts) {
    const colon = text.indexOf(':')
    if (colon < 1) throw new UsageError('-H wants "Name: value", and one has no name (it is not shown)')
    try {
      headers.append(text.slice(0, colon).trim(), text.slice(colon + 1).trim())
    } catch {
      // The error quotes the value, which may be a token.
      throw new UsageError(`-H: "${text.slice(0, colon)}" cannot be sent (its value is not shown)`)
    }
  }
  return headers
}
