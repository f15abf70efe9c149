import { resolve } from 'node:path'
import { ExampleProgram } from './example-program.js'
import type { PublicNames } from './public-names.js'
import { type DocstringExample, readExamples } from './read-examples.js'
import type { SourceFile } from './source-file.js'

/** An example that does not compile. */
export interface BrokenExample {
  /** Such as `packages/fetch/src/pay.ts:65`. */
  readonly place: string
  readonly problem: string
}

/**
 * Compiles the `@example`s of docstrings as their readers would write them. What packages export is imported for them, and
 * what they speak of without making it is among the given names; all else they import themselves.
 *
 * An example of an interface's member shows it in its place: `{ day: '5.00' }` has to fit `Partial<PeriodLimits>`. One that
 * shows more, such as `{ bursar: { signIn: false } }`, has to fit a public type that has a `bursar`.
 */
export function brokenExamples(files: readonly SourceFile[], root: string): readonly BrokenExample[] {
  const program = new ExampleProgram(root)
  const forms = files
    .flatMap(readExamples)
    .flatMap((example) => formsOf(example, program.names, root).map((text) => ({ example, text })))
  const problems = program.problemsOf(
    forms.map(({ example, text }) => ({ text, home: example.path.split('/')[1] ?? '' }))
  )
  const byExample = new Map<DocstringExample, (string | undefined)[]>()
  forms.forEach(({ example }, index) => {
    byExample.set(example, [...(byExample.get(example) ?? []), problems[index]])
  })
  return [...byExample].flatMap(([{ path, line }, [problem, ...others]]) =>
    problem === undefined || others.includes(undefined) ? [] : [{ place: `${path}:${line}`, problem }]
  )
}

/** The modules that an example can be, of which one has to compile. */
function formsOf(example: DocstringExample, names: PublicNames, root: string): readonly string[] {
  const { code, member, path } = example
  const moduleOf = (text: string): string => `${names.importsFor(code, path)}\n${text}`
  const [, key] = /^\{\s*(\w+)/.exec(code) ?? []
  if (member === undefined || (key === undefined && !isLiteral(code))) return [moduleOf(code)]
  const holder = typeOf(path, member.holder, root)
  if (key === undefined) return [moduleOf(satisfying(code, `${holder}['${member.name}']`))]
  const others = key === member.name ? [] : names.typesWith(key)
  return [holder, ...others].map((type) => moduleOf(satisfying(code, `Partial<${type}>`)))
}

function isLiteral(code: string): boolean {
  return /^(?:['"`[]|-?\d)/.test(code)
}

function satisfying(code: string, type: string): string {
  return `void ((\n${code.replace(/\}\s*\/\/.*$/, '}')}\n) satisfies ${type})`
}

/** A type of a source, as it was built. */
function typeOf(path: string, name: string, root: string): string {
  const built = path.replace(/\/src\/(.+)\.tsx?$/, '/dist/$1.js')
  return `import('${resolve(root, built)}').${name}`
}
