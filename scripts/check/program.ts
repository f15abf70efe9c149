import { readdirSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import ts from 'typescript'

/** Reads files, and what they import, as the tests are type-checked. */
export function createProgram(files: readonly string[], root: string): ts.Program {
  const configPath = resolve(root, 'tsconfig.tests.json')
  const { config } = ts.readConfigFile(configPath, ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, dirname(configPath))
  return ts.createProgram({ rootNames: [...files], options })
}

/** What a file exports, as it is declared. @throws {TypeError} when it exports nothing. */
export function exportsOf(program: ts.Program, file: string): readonly ts.Symbol[] {
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(file)
  const module = source && checker.getSymbolAtLocation(source)
  if (!module) throw new TypeError(`${file} does not exist, or exports nothing`)
  return checker
    .getExportsOfModule(module)
    .map((each) => (each.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(each) : each))
}

/** The source files behind the exports of a package, such as `packages/bursar/src/index.ts`. */
export function entriesOf(name: string, root: string): readonly string[] {
  const folder = resolve(root, 'packages', name)
  const { exports } = JSON.parse(readFileSync(resolve(folder, 'package.json'), 'utf8')) as {
    readonly exports: Readonly<Record<string, unknown>>
  }
  return Object.keys(exports)
    .filter((path) => !/\.\w+$/.test(path))
    .map((path) => resolve(folder, 'src', `${path === '.' ? 'index' : path.slice('./'.length)}.ts`))
}

/** The names of the folders in `packages`. */
export function packageNames(root: string): readonly string[] {
  return readdirSync(resolve(root, 'packages'))
}
