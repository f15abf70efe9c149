import { runInNewContext } from 'node:vm'
import type { Answer, Sample, SampleRequest } from './sample.js'

/** Where a sample is played: the address that takes the place of the service's, and what sends. */
export interface Stage {
  /** With the path that the sample's own address has. */
  readonly url: string
  readonly send: (url: string, init: RequestInit) => Promise<Response>
  /** What takes the place of each placeholder, such as a key: `{ '{key}': 'local' }`. */
  readonly placeholders: Readonly<Record<string, string>>
  /** The files that forms name, by `@name`. */
  readonly files?: Readonly<Record<string, Uint8Array<ArrayBuffer>>>
}

/** Plays the requests of a sample one after the other. Returns their answers, a stream as its text. */
export async function playRequests({ requests = [] }: Sample, stage: Stage): Promise<readonly Response[]> {
  const answers: Answer[] = []
  const responses: Response[] = []
  for (const request of requests) {
    const path = typeof request.path === 'function' ? request.path(answers) : request.path
    const url = path.startsWith('http') ? path : `${stage.url}${path}`
    const response = await stage.send(fill(url, stage), initOf(request, answers, stage))
    const text = await response.clone().text()
    const isJson = response.headers.get('content-type')?.startsWith('application/json')
    answers.push(isJson ? JSON.parse(text) : {})
    responses.push(response)
  }
  return responses
}

function initOf(request: SampleRequest, answers: readonly Answer[], stage: Stage): RequestInit {
  const { json, form } = request
  const headers = JSON.parse(fill(JSON.stringify(request.headers ?? {}), stage)) as Record<string, string>
  if (form) return { method: 'POST', headers, body: formOf(form, stage) }
  if (json === undefined) return { headers }
  const body = fill(JSON.stringify(typeof json === 'function' ? json(answers) : json), stage)
  return { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body }
}

function formOf(fields: Readonly<Record<string, string>>, { files = {} }: Stage): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) {
    const bytes = files[value]
    if (bytes) form.append(name, new Blob([bytes], { type: 'image/png' }), value.slice(1))
    else form.append(name, value)
  }
  return form
}

function fill(text: string, { placeholders }: Stage): string {
  return Object.entries(placeholders).reduce((filled, [name, value]) => filled.replaceAll(name, value), text)
}

/** What a program is given in the place of its modules and globals. */
export interface Surroundings {
  readonly modules?: Readonly<Record<string, unknown>>
  readonly globals?: Readonly<Record<string, unknown>>
  /** Names whose values are returned. */
  readonly returns?: readonly string[]
}

/** Runs a program as it stands, its placeholders filled in. Returns what it printed, and the values that were asked for. */
export async function playProgram(
  text: string,
  placeholders: Readonly<Record<string, string>>,
  { modules = {}, globals = {}, returns = [] }: Surroundings
): Promise<{ readonly printed: readonly string[]; readonly values: readonly unknown[] }> {
  const printed: string[] = []
  const log = (...words: readonly unknown[]): void => void printed.push(words.map(String).join(' '))
  const filled = fill(text, { url: '', send: fetch, placeholders })
  // A script has no imports: what they name is handed in.
  const script = filled.replaceAll(/^import (\w+) from (["'][\w-]+["']);?$/gm, 'const $1 = modules[$2];')
  const context = { modules, console: { log }, Buffer, setTimeout, ...globals }
  const values = await runInNewContext(
    `(async () => {\n${script}\nreturn [${returns.join(', ')}]\n})()`,
    context
  )
  return { printed, values }
}
