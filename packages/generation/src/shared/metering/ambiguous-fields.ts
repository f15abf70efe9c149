/** Objects whose names the caller makes up, and which no service reads by name. */
const callersObjects: ReadonlySet<string> = new Set([
  'properties',
  '$defs',
  'definitions',
  'metadata',
  'logit_bias'
])

/** Two names of one object that a service may take for the same. */
export interface AmbiguousFields {
  readonly first: string
  readonly second: string
}

/** Compares names as loosely as any service does: Go's JSON ignores the case, protobuf's the underscores. */
export function foldFieldName(name: string): string {
  // Upper case first: Go takes the long s for an s, and the Kelvin sign for a k.
  return name.replace(/[_-]/g, '').toUpperCase().toLowerCase()
}

/**
 * Finds a name that occurs twice in one object of a JSON text, or two that differ only in case and underscores.
 * JSON.parse keeps the last of the former; which of either a service reads cannot be known.
 *
 * @param text valid JSON.
 */
export function findAmbiguousFields(text: string): AmbiguousFields | undefined {
  const objects: OpenObject[] = []
  let name = ''
  for (const token of tokensOf(text)) {
    if (token.name !== undefined) {
      name = token.name
      const first = objects.at(-1)?.add(name)
      if (first !== undefined) return { first, second: name }
    } else {
      if (token.mark === '{') objects.push(new OpenObject(callersObjects.has(name)))
      if (token.mark === '}') objects.pop()
      name = ''
    }
  }
  return undefined
}

type Token = { readonly name: string } | { readonly name?: undefined; readonly mark: string }

/** The names of fields, and the marks that structure a JSON text. Strings that are values are left out. */
function* tokensOf(text: string): Generator<Token, void, undefined> {
  for (let at = 0; at < text.length; at++) {
    const mark = text.charAt(at)
    if (mark === '"') {
      const end = endOfString(text, at)
      if (isFollowedByColon(text, end)) yield { name: String(JSON.parse(text.slice(at, end + 1))) }
      at = end
    } else if (structural.has(mark)) yield { mark }
  }
}

const structural: ReadonlySet<string> = new Set(['{', '}', '[', ']', ','])

/** The names of an object that is not closed yet. */
class OpenObject {
  readonly #names = new Map<string, string>()
  readonly #isCallers: boolean

  constructor(isCallers: boolean) {
    this.#isCallers = isCallers
  }

  /** @returns the earlier name that this one may be taken for. */
  add(name: string): string | undefined {
    const folded = this.#isCallers ? name : foldFieldName(name)
    const first = this.#names.get(folded)
    this.#names.set(folded, name)
    return first
  }
}

/** Where the string ends that begins at a quotation mark. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0
    while (text[end - 1 - backslashes] === '\\') backslashes++
    if (backslashes % 2 === 0) return end
  }
  return text.length
}

function isFollowedByColon(text: string, end: number): boolean {
  let at = end + 1
  while (/\s/.test(text[at] ?? '')) at++
  return text[at] === ':'
}
