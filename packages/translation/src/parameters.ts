import { isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'
import { invalidRequest } from './invalid-request.js'

/** The kinds of JSON values, by the words of an error. */
type JsonKind = 'a text' | 'a number' | 'true or false' | 'a list' | 'an object'

/** What becomes of one parameter of a client's API. */
export interface Parameter {
  /** `mapped`: it is answered, or reaches the service. `refused`: by its name. `ignored`: it would change no answer. */
  readonly use: 'mapped' | 'refused' | 'ignored'
  /** Mapped: as what. Refused: what to do instead. Ignored: why. */
  readonly note: string
  /** What it may be. Default: anything. */
  readonly kinds?: readonly JsonKind[]
  readonly isRequired?: true
  /** Of a refused one, the values that ask for nothing, beside `null` and the empty list. */
  readonly neutral?: readonly JsonValue[]
  /** Of a refused one, the code of the error. Default: `unsupported`. */
  readonly code?: string
  /** The parameters in it, where it is an object. */
  readonly members?: ParameterTable
}

/** What becomes of the parameters of one endpoint. */
export type ParameterTable = Readonly<Record<string, Parameter>>

/**
 * Refuses by its name what is malformed, what the table refuses, and what it does not list.
 *
 * @param prefix `'text.'` within the parameter `text`.
 * @throws {InvalidRequest}
 */
export function assertParameters(body: JsonObject, table: ParameterTable, prefix = ''): void {
  assertRequired(body, table, prefix)
  for (const [name, value] of Object.entries(body)) {
    const field = `${prefix}${name.slice(0, 60)}`
    const parameter = Object.hasOwn(table, name) ? table[name] : undefined
    if (parameter) assertParameter(field, value, parameter)
    else if (!asksNothing(value))
      throw invalidRequest(`${field} is not known here: leave it out`, 'unsupported')
  }
}

/**
 * Refuses by its name what the table refuses, and passes over what it does not list: of blocks and items, of which clients send
 * more members than any list has.
 *
 * @param field names the object in an error, for example `messages[2].content[0]`.
 * @throws {InvalidRequest}
 */
export function assertMembers(object: JsonObject, table: ParameterTable, field: string): void {
  for (const [name, parameter] of Object.entries(table))
    assertParameter(`${field}.${name}`, object[name] ?? null, parameter)
}

/**
 * Refuses by its name what is missing or malformed, and nothing else: for an API that the service speaks itself.
 *
 * @throws {InvalidRequest}
 */
export function assertShape(body: JsonObject, table: ParameterTable): void {
  assertRequired(body, table, '')
  for (const [name, { kinds }] of Object.entries(table)) {
    const { [name]: value = null } = body
    if (!asksNothing(value)) assertKind(name, value, kinds)
  }
}

function assertRequired(body: JsonObject, table: ParameterTable, prefix: string): void {
  for (const [name, { isRequired }] of Object.entries(table))
    if (isRequired && isMissing(body[name])) throw invalidRequest(`${prefix}${name} is required`)
}

function assertParameter(field: string, value: JsonValue, parameter: Parameter): void {
  if (asksNothing(value)) return
  const { use, note, kinds, neutral = [], code = 'unsupported', members } = parameter
  if (use === 'ignored' || neutral.includes(value)) return
  if (use === 'refused') throw invalidRequest(`${field} has no counterpart: ${note}`, code)
  assertKind(field, value, kinds)
  if (members && isJsonObject(value)) assertParameters(value, members, `${field}.`)
}

/** @throws {InvalidRequest} that names the field. */
function assertKind(
  field: string,
  value: JsonValue | undefined,
  kinds: readonly JsonKind[] | undefined
): void {
  if (kinds && !kinds.some((kind) => kind === kindOf(value)))
    throw invalidRequest(`${field} must be ${kinds.join(' or ')}`)
}

function kindOf(value: JsonValue | undefined): JsonKind | undefined {
  if (typeof value === 'string') return 'a text'
  if (typeof value === 'number') return 'a number'
  if (typeof value === 'boolean') return 'true or false'
  if (Array.isArray(value)) return 'a list'
  return isJsonObject(value) ? 'an object' : undefined
}

function isMissing(value: JsonValue | undefined): boolean {
  return value === undefined || value === null || value === ''
}

function asksNothing(value: JsonValue): boolean {
  return value === null || (Array.isArray(value) && value.length === 0)
}
