import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** A block of code of a page. */
export interface PageSnippet {
  readonly page: string
  /** The line of the page where it begins. */
  readonly line: number
  /** As the page says: `ts`, `sh`, `json`. Empty where it says nothing. */
  readonly language: string
  readonly code: string
}

/** Every block of code of every page of the repository, but for those that were handed in from elsewhere. */
export function pageSnippets(): readonly PageSnippet[] {
  const pages = execFileSync('git', ['ls-files', '*.md'], { cwd: root, encoding: 'utf8' }).trim().split('\n')
  return pages.filter((page) => !/^(?:test|\.changeset|\.github)\//.test(page)).flatMap(snippetsOf)
}

function snippetsOf(page: string): readonly PageSnippet[] {
  const text = textOf(page)
  return [...text.matchAll(/^( *)```(\w*).*\n([\s\S]*?)^\1```$/gm)].map(
    ({ 1: indent = '', 2: language = '', 3: code = '', index }) => ({
      page,
      line: text.slice(0, index).split('\n').length,
      language,
      code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), '')
    })
  )
}

/** The text of a page. */
export function textOf(page: string): string {
  return readFileSync(`${root}/${page}`, 'utf8')
}

/** The names of spans, which look like lines of the command. */
const spans = ['discover', 'reserve', 'sign', 'send', 'look']

/** The lines of the command in a text, without `bursar`, remarks and what other programs are given. */
export function commandsIn(text: string): readonly string[] {
  const inBlocks = [...text.matchAll(/^ *```sh.*\n([\s\S]*?)^ *```$/gm)].flatMap(([, code = '']) =>
    linesOf(code)
  )
  const prose = text.replace(/```[\s\S]*?```/g, '')
  const inProse = [...prose.matchAll(/`bursar (\S[^`]*)`/g)].map(([, line = '']) =>
    line.replaceAll('\n', ' ')
  )
  return [...inBlocks, ...inProse].filter((line) => !spans.includes(line))
}

function linesOf(code: string): readonly string[] {
  const lines = code.replaceAll('\\\n', ' ').split('\n')
  return lines.flatMap((line) => {
    const [command = ''] = line.split(/ +#| [&|>]|\s*;/)
    const [, words] = /^(?:.*\s)?(?<!-[gou] )bursar (?:-- )?(\S.*)$/.exec(command) ?? []
    return words === undefined || /npm (?!run)/.test(line) ? [] : [words]
  })
}
