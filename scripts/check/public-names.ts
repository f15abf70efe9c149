import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import ts from 'typescript'
import { exampleNames } from './example-names.js'
import { packageNames } from './program.js'

/** What users import, and the file that declares it, as it was built. */
export interface PublicEntry {
  /** Such as `bursar/katana`. */
  readonly specifier: string
  readonly declarations: string
}

/** Every entry of every package. */
export function publicEntries(root: string): readonly PublicEntry[] {
  return packageNames(root).flatMap((folder) => {
    const path = resolve(root, 'packages', folder)
    const { name, exports } = JSON.parse(readFileSync(resolve(path, 'package.json'), 'utf8')) as {
      readonly name: string
      readonly exports: Readonly<Record<string, { readonly types?: string }>>
    }
    return Object.entries(exports).flatMap(([entry, { types }]) =>
      types === undefined ? [] : [{ specifier: name + entry.slice(1), declarations: resolve(path, types) }]
    )
  })
}

/** What packages export. */
export class PublicNames {
  readonly #checker: ts.TypeChecker
  readonly #exports: ReadonlyMap<string, readonly ts.Symbol[]>

  constructor(program: ts.Program, entries: readonly PublicEntry[]) {
    const checker = program.getTypeChecker()
    this.#checker = checker
    this.#exports = new Map(
      entries.map(({ specifier, declarations }) => {
        const source = program.getSourceFile(declarations)
        const module = source && checker.getSymbolAtLocation(source)
        return [specifier, module ? checker.getExportsOfModule(module) : []]
      })
    )
  }

  /**
   * Imports of the names of ours that a text uses and does not make.
   *
   * @param path of the file whose docstring it is: a name that several entries export is imported from the nearest to it.
   */
  importsFor(text: string, path: string): string {
    const { used, made } = namesIn(text)
    const imported = [...used].filter((name) => !made.has(name) && !(name in exampleNames))
    return imported
      .flatMap((name) => {
        const from = this.#exporterOf(name, path)
        return from === undefined ? [] : [`import { ${name} } from '${from}'`]
      })
      .join('\n')
  }

  #exporterOf(name: string, path: string): string | undefined {
    const [, home = '', file = ''] = /^packages\/([\w-]+)\/src\/(.+)\.tsx?$/.exec(path) ?? []
    const own = home === 'bursar' ? home : `@bursar/${home}`
    const near = [...file.split('/').map((part) => `${own}/${part}`), own, 'bursar']
    const exporters = [...this.#exports.keys()].filter((specifier) =>
      this.#exports.get(specifier)?.some((each) => each.name === name)
    )
    return near.find((specifier) => exporters.includes(specifier)) ?? exporters[0]
  }

  /** The public types that have a member of a name, such as `import('bursar').BursarRequestInit`. */
  typesWith(member: string): readonly string[] {
    const found = [...this.#exports].flatMap(([specifier, symbols]) =>
      symbols
        .map((each) => (each.flags & ts.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(each) : each))
        .filter((each) => isPlainInterface(each))
        .filter((each) => this.#checker.getDeclaredTypeOfSymbol(each).getProperty(member))
        .map((each) => [each, `import('${specifier}').${each.name}`] as const)
    )
    return [...new Map(found).values()]
  }
}

function isPlainInterface({ declarations = [] }: ts.Symbol): boolean {
  return (
    declarations.length > 0 &&
    declarations.every((each) => ts.isInterfaceDeclaration(each) && !each.typeParameters)
  )
}

/** The names that a text uses, and those that it makes or imports. */
function namesIn(text: string): { readonly used: ReadonlySet<string>; readonly made: ReadonlySet<string> } {
  const used = new Set<string>()
  const made = new Set<string>()
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) (isMade(node) ? made : used).add(node.text)
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('example.ts', text, ts.ScriptTarget.ESNext, true))
  return { used, made }
}

function isMade(node: ts.Identifier): boolean {
  const { parent } = node
  const isDeclaration =
    ts.isVariableDeclaration(parent) ||
    ts.isParameter(parent) ||
    ts.isBindingElement(parent) ||
    ts.isImportSpecifier(parent) ||
    ts.isImportClause(parent)
  return isDeclaration && parent.name === node
}
