import { readFileSync } from 'node:fs'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

/** The TypeScript of README, a snippet each, in order. */
export const snippets: readonly string[] = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(
  ([, code = '']) => code
)

const isForVitest = (code: string): boolean => code.includes('stackTest')

/** What a reader has who copied every snippet into one file. The one for vitest is a file of its own. */
export const program = snippets.filter((code) => !isForVitest(code)).join('\n')
export const vitestProgram = snippets.filter(isForVitest).join('\n')
