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
  const file = `${await newFolder()}/snippet.ts`
  await writeFile(file, text)
  const { options: given } = ts.convertCompilerOptionsFromJson(options, here)
  const compiled = ts.createProgram([file], { ...strictest, ...given })
  return ts
    .getPreEmitDiagnostics(compiled)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}
