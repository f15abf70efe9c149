import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { onTestFinished } from 'vitest'

const here = fileURLToPath(new URL('.', import.meta.url))

/** A folder from which a user's imports are found. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(`${here}out-snippet-`)
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** As `@tsconfig/strictest` has them. */
const strictest: ts.CompilerOptions = {
  strict: true,
  allowUnusedLabels: false,
  allowUnreachableCode: false,
  exactOptionalPropertyTypes: true,
  noFallthroughCasesInSwitch: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noPropertyAccessFromIndexSignature: true,
  noUncheckedIndexedAccess: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  isolatedModules: true,
  skipLibCheck: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: ['node']
}

/**
 * What the compiler has against a program.
 *
 * @param options beside those of `@tsconfig/strictest`, as a `tsconfig.json` has them. Default: a browser's types too.
 */
export async function problemsOf(
  text: string,
  options: object = { lib: ['ES2022', 'DOM'] }
): Promise<string[]> {
  const problems = await problemsByFile({ 'snippet.ts': text }, options)
  return problems.map(({ problem }) => problem)
}

/** What the compiler has against programs, each a file of its own. All are compiled at once, which takes the time of one. */
export async function problemsByFile(
  texts: Readonly<Record<string, string>>,
  options: object
): Promise<{ readonly name: string; readonly problem: string }[]> {
  const folder = await newFolder()
  const files = Object.entries(texts).map(([name, text]) => ({ path: `${folder}/${name}`, text }))
  for (const { path, text } of files) await writeFile(path, text)
  const { options: given } = ts.convertCompilerOptionsFromJson(options, here)
  const compiled = ts.createProgram(
    files.map(({ path }) => path),
    { ...strictest, ...given }
  )
  return ts.getPreEmitDiagnostics(compiled).map(({ file, messageText }) => ({
    name: file?.fileName.slice(folder.length + 1) ?? '',
    problem: ts.flattenDiagnosticMessageText(messageText, '\n')
  }))
}
