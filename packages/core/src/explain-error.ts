/** Reads the page that explains every error code. For Node: it is a file of this package. */
import { readFile } from 'node:fs/promises'

const page = new URL('../docs/errors.md', import.meta.url)

/** One code's part of the page: its heading in backquotes, and what follows to the next heading. */
const section = /^### `([a-z]+\/[a-z-]+)`\n+([\s\S]*?)(?=\n+(?:<a id|#|$(?![\s\S])))/gm

/**
 * What the documentation says of an error code, as Markdown: where the money is, what happened, what to do. `undefined`
 * for an unknown code.
 *
 * @example
 * ```ts
 * console.log(await explainError('offer/over-limit'))
 * ```
 */
export async function explainError(code: string): Promise<string | undefined> {
  return (await readSections()).get(code)
}

/** Every code that is explained, in the page's order. */
export async function explainedCodes(): Promise<readonly string[]> {
  return [...(await readSections()).keys()]
}

async function readSections(): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(page, 'utf8')
  return new Map([...text.matchAll(section)].map(([, code = '', body = '']) => [code, body.trim()]))
}
