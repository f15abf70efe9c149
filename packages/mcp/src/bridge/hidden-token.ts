/** What stands in the place of a token. */
const HIDDEN = '[token]'

/** A text without a token, and what may be the beginning of one at its end. */
interface HiddenText {
  readonly shown: string
  readonly rest: string
}

/** A character of a token. */
interface TokenCharacter {
  /** How it may be written. What is a spelling may also stand in the token itself, such as `%25`: each is tried. */
  readonly spellings: readonly RegExp[]
  /** What a text ends in that may go on with one of them. */
  readonly begun: RegExp
  /** What they begin with. */
  readonly start: RegExp
}

/** A token in the texts of a server, as it was sent, and as JSON, JSON within JSON, URLs and pages write it. */
export class HiddenToken {
  readonly #characters: readonly TokenCharacter[]

  constructor(token: string) {
    this.#characters = Array.from(token, characterOf)
  }

  /** A text that is whole, without the token. */
  hide(text: string): string {
    return this.hideIn(text, true).shown
  }

  /**
   * A text that may go on, without the token.
   *
   * @param isWhole whether it does not go on, so that nothing is held back.
   */
  hideIn(text: string, isWhole = false): HiddenText {
    let shown = ''
    let from = 0
    for (let at = this.#startIn(text, 0); at !== undefined; ) {
      const { end, isOpen } = this.#endAt(text, at)
      if (isOpen && !isWhole) return { shown: shown + text.slice(from, at), rest: text.slice(at) }
      if (end !== undefined) {
        shown += text.slice(from, at) + HIDDEN
        from = end
      }
      at = this.#startIn(text, end ?? at + 1)
    }
    return { shown: shown + text.slice(from), rest: '' }
  }

  #startIn(text: string, from: number): number | undefined {
    const [first] = this.#characters
    return first && startOf(first.start, text, from)
  }

  /** Where the token ends that begins there, and whether the text ends within it, or within what may be one. */
  #endAt(text: string, at: number): { readonly end?: number; readonly isOpen: boolean } {
    let ends: readonly number[] = [at]
    let isOpen = false
    for (const { spellings, begun } of this.#characters) {
      isOpen ||= ends.some((end) => text.length - end < LONGEST && begun.test(text.slice(end)))
      ends = [...new Set(ends.flatMap((end) => spellings.flatMap((each) => endOf(each, text, end))))]
      if (ends.length === 0) return { isOpen }
    }
    return { end: Math.max(...ends), isOpen }
  }
}

/** Characters of the longest spelling. */
const LONGEST = 48
const names: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' }

function characterOf(character: string): TokenCharacter {
  const code = character.charCodeAt(0)
  const itself = `\\u${code.toString(16).padStart(4, '0')}`
  if (/[\w-]/.test(character))
    return { spellings: [new RegExp(itself, 'y')], begun: /^$/, start: new RegExp(itself, 'g') }
  const hex = code.toString(16).padStart(2, '0')
  const bytes = Buffer.from(character).toString('hex').match(/../g) ?? []
  const inUrls = ['%', '%25', '%2525'].map((percent) => bytes.map((byte) => `${percent}${byte}`).join(''))
  return {
    spellings: [
      // JSON within JSON doubles each backslash, and a URL in a URL each percent sign.
      new RegExp(`\\\\{0,31}(?:${itself}|u00(?:${hex}|${hex.toUpperCase()}))`, 'y'),
      ...inUrls.map((inUrl) => new RegExp(inUrl, 'iy')),
      new RegExp(
        `(?:&|\\\\{1,31}u0026)(?:amp;)?(?:#0?${code}|#x${hex}|${names[character] ?? `#x${hex}`});`,
        'iy'
      ),
      new RegExp(itself, 'y')
    ],
    begun: /^(?:[\\%&][\\%&\w#;]*)?$/,
    start: new RegExp(`[${itself}\\\\%&]`, 'g')
  }
}

function startOf(start: RegExp, text: string, from: number): number | undefined {
  start.lastIndex = from
  return start.exec(text)?.index
}

function endOf(spelling: RegExp, text: string, from: number): readonly number[] {
  spelling.lastIndex = from
  return spelling.test(text) ? [spelling.lastIndex] : []
}
