/** What stands in the place of a token. */
const HIDDEN = '[token]'

/** A text without a token, and what may be the beginning of one at its end. */
interface HiddenText {
  readonly shown: string
  readonly rest: string
}

/** A token in the texts of a server, as it was sent, and as JSON, URLs and pages write it. */
export class HiddenToken {
  /** How each of its characters may be written. */
  readonly #characters: readonly (readonly string[])[]

  constructor(token: string) {
    this.#characters = Array.from(token, spellingsOf)
  }

  /** A text that is whole, without the token. */
  hide(text: string): string {
    const { shown, rest } = this.hideIn(text)
    return shown + rest
  }

  /** A text that may go on, without the token. */
  hideIn(text: string): HiddenText {
    let shown = ''
    let from = 0
    for (let at = 0; at < text.length; at++) {
      const end = this.#endAt(text, at)
      if (end === undefined) continue
      shown += text.slice(from, at)
      if (end === 'open') return { shown, rest: text.slice(at) }
      shown += HIDDEN
      from = end
      at = end - 1
    }
    return { shown: shown + text.slice(from), rest: '' }
  }

  /** Where the token ends that begins there. `'open'`: the text ends within it. */
  #endAt(text: string, at: number): number | 'open' | undefined {
    let index = at
    for (const spellings of this.#characters) {
      const found = spellings.find((each) => text.startsWith(each, index))
      if (found === undefined) {
        const left = text.length - index
        const isOpen = left < LONGEST && spellings.some((each) => each.startsWith(text.slice(index)))
        return isOpen ? 'open' : undefined
      }
      index += found.length
    }
    return index
  }
}

/** Characters of the longest spelling. */
const LONGEST = 6
const named: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Longest first: a backslash that is doubled is one character. */
function spellingsOf(character: string): readonly string[] {
  if (/[\w-]/.test(character)) return [character]
  const code = character.charCodeAt(0)
  const hex = code.toString(16).padStart(2, '0')
  const both = [hex, hex.toUpperCase()].flatMap((each) => [`\\u00${each}`, `&#x${each};`, `%${each}`])
  return [...both, `&#${code};`, named[character] ?? character, `\\${character}`, character]
}
