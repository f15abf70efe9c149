/** Reads the page that explains every error code: a file of the package `bursar`, where each error says it is. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

const page = createRequire(import.meta.url).resolve('bursar/docs/errors.md')

/** One code's part of the page: its heading in backquotes, and what follows to the next heading. */
const section = /^### `([a-z]+\/[a-z-]+)`\n+([\s\S]*?)(?=\n+(?:<a id|#|$(?![\s\S])))/gm

/**
 * What the documentation says of an error code, as Markdown: where the money is, what happened, what to do. `undefined`
 * for an unknown code.
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
