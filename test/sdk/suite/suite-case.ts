import type { SdkPlace } from '../sdk-clients.js'

/** What every SDK is asked to do. `runner`: the tool is called by the SDK itself, where that is another way of asking. */
export const suiteCases = [
  'chat',
  'stream',
  'tools',
  'runner',
  'object',
  'image',
  'edit',
  'embedding'
] as const

/** The name of a case. */
export type SuiteCase = (typeof suiteCases)[number]

/** One official SDK, or one of its providers, and what of the cases it can do. */
export interface SuiteClient {
  readonly name: string
  readonly api: 'openai' | 'messages'
  readonly cases: Partial<Readonly<Record<SuiteCase, (place: SdkPlace) => Promise<unknown>>>>
}

/** What a picture is asked for as, and what it is made from. */
export const IMAGE_MODEL = 'gen'
export const EDIT_MODEL = 'gpt-image-2'
export const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGP4z8CAFWEXHbQSACj/P8Fu7N9hAAAAAElFTkSuQmCC',
  'base64'
)

/** The texts of the cases. */
export const SAY = 'Reply with exactly: one two three'
export const ASK = 'How warm is it in Paris?'

/** The tool of the case `tools`, and the object of the case `object`, as JSON Schema. */
export const weather = {
  name: 'weather',
  description: 'How warm it is in a city',
  parameters: {
    type: 'object' as const,
    properties: { city: { type: 'string' } },
    required: ['city'],
    additionalProperties: false
  }
}
export const degrees = {
  type: 'object' as const,
  properties: { degrees: { type: 'number' } },
  required: ['degrees'],
  additionalProperties: false
}
/** What the tool says of a city. */
export const weatherIn = (city: unknown): string => `12 degrees in ${city}`

/** What each case comes to, with every SDK and in every way. */
export const expected: Readonly<Record<SuiteCase, unknown>> = {
  chat: 'one two three',
  stream: 'one two three',
  tools: 'The tool said: 12 degrees in Paris',
  runner: 'The tool said: 12 degrees in Paris',
  object: { degrees: 12 },
  image: 'PNG',
  edit: 'PNG',
  embedding: 'refused by name'
}

/** What a stream of texts came to. */
export async function collect(pieces: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const piece of pieces) text += piece
  return text
}

/** Which kind of picture some bytes are. */
export function kindOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(1, 4)).toString()
}

/** How an SDK tells that there are no embeddings: in the words that name what there is, and not in a service's own. */
export async function refusal(attempt: Promise<unknown>): Promise<string> {
  const error: unknown = await attempt.then(
    () => new Error('answered'),
    (reason) => reason
  )
  const isNamed = /There is no \/v1\/embeddings here\. There is POST \/v1\/chat\/completions/.test(
    String(error)
  )
  return isNamed ? 'refused by name' : `refused otherwise: ${error}`
}
