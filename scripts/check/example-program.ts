import { resolve } from 'node:path'
import ts from 'typescript'
import { exampleDeclarations } from './example-names.js'
import { packageNames } from './program.js'
import { PublicNames, publicEntries } from './public-names.js'

const asModule: ts.CreateSourceFileOptions = {
  languageVersion: ts.ScriptTarget.ESNext,
  impliedNodeFormat: ts.ModuleKind.ESNext
}

/** Compiles modules against the built packages. All are one program, which takes the time of one. */
export class ExampleProgram {
  /** What the modules can import. */
  readonly names: PublicNames
  readonly #root: string
  readonly #options: ts.CompilerOptions
  readonly #packages: ts.Program

  constructor(root: string) {
    this.#root = root
    const entries = publicEntries(root)
    const files = entries.map(({ declarations }) => declarations)
    const { config } = ts.readConfigFile(resolve(root, 'tsconfig.tests.json'), ts.sys.readFile)
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
    this.#options = {
      ...options,
      paths: Object.fromEntries(entries.map((entry) => [entry.specifier, [entry.declarations]])),
      lib: ['lib.esnext.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.dom.asynciterable.d.ts'],
      noUnusedLocals: false,
      noUnusedParameters: false,
      moduleDetection: ts.ModuleDetectionKind.Legacy,
      // An import of a type need not say so.
      verbatimModuleSyntax: false,
      isolatedModules: false
    }
    this.#packages = ts.createProgram(files, this.#options)
    this.names = new PublicNames(this.#packages, entries)
  }

  /**
   * What the compiler has against each module, in their order; nothing where it compiles.
   *
   * @param modules each the text of a module and the folder of `packages` whose docstring it is.
   */
  problemsOf(
    modules: readonly { readonly text: string; readonly home: string }[]
  ): readonly (string | undefined)[] {
    const folder = (home: string): string => resolve(this.#root, 'packages', home)
    const paths = modules.map(({ home }, index) => resolve(folder(home), `example-${index}.ts`))
    const given = resolve(this.#root, 'test', 'example-names.ts')
    const texts = new Map([
      ...modules.map(({ text }, index) => [paths[index] ?? '', `${text}\nexport {}\n`] as const),
      [given, exampleDeclarations]
    ])
    const program = ts.createProgram([...texts.keys()], this.#options, this.#hostOf(texts), this.#packages)
    const broken = problemIn(program, given)
    if (broken !== undefined) throw new TypeError(`The names that examples are given: ${broken}`)
    return paths.map((path) => problemIn(program, path))
  }

  /** Libraries are found where a package has them, then where the tests have them, then where any package does. */
  #hostOf(texts: ReadonlyMap<string, string>): ts.CompilerHost {
    const host = ts.createCompilerHost(this.#options)
    const { fileExists, getSourceFile } = host
    const folders = ['test', ...packageNames(this.#root).map((name) => `packages/${name}`)]
    const places = folders.map((each) => resolve(this.#root, each, 'example.ts'))
    return {
      ...host,
      fileExists: (path) => texts.has(path) || fileExists(path),
      getSourceFile: (path, ...rest) => {
        const text = texts.get(path)
        if (text !== undefined) return ts.createSourceFile(path, text, asModule)
        return this.#packages.getSourceFile(path) ?? getSourceFile(path, ...rest)
      },
      resolveModuleNameLiterals: (literals, from, _, options, source) =>
        literals.map((literal) => {
          const mode = ts.getModeForUsageLocation(source, literal, options)
          const found = (texts.has(from) ? [from, ...places] : [from]).map((place) =>
            ts.resolveModuleName(literal.text, place, options, host, undefined, undefined, mode)
          )
          return found.find(({ resolvedModule }) => resolvedModule) ?? { resolvedModule: undefined }
        })
    }
  }
}

function problemIn(program: ts.Program, path: string): string | undefined {
  const source = program.getSourceFile(path)
  const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
  const texts = found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
  return texts.length === 0 ? undefined : texts.join('\n')
}
