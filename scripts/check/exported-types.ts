import { resolve, sep } from 'node:path'
import ts from 'typescript'
import { createProgram, exportsOf } from './program.js'

/** A type that a public function takes or returns, and that its entry does not export. */
export interface MissingExport {
  readonly entry: string
  readonly type: string
  /** The exported thing that mentions it. */
  readonly from: string
}

/**
 * Finds the types that are mentioned by what an entry exports, and that the entry does not export. A user who writes a
 * function over a returned value has to name its type.
 *
 * @param entries files with named exports, such as `packages/bursar/src/index.ts`.
 * @param root types declared below it are ours; others are another library's.
 */
export function missingExports(entries: readonly string[], root: string): readonly MissingExport[] {
  const program = createProgram(entries, root)
  const walker = new Walker(program.getTypeChecker(), resolve(root, 'packages') + sep)
  return entries.flatMap((entry) =>
    walker.missingOf(exportsOf(program, entry)).map((missing) => ({ entry, ...missing }))
  )
}

/** What users hand in, and seldom write: each must be exported, and what its own members mention need not be. */
const handedIn: ReadonlySet<string> = new Set([
  ...['Bursar', 'HasBursarParts', 'HasPrepaidAccount', 'MeteringBursar', 'ServiceBursar']
])
/** What is made by one function of ours and handed to another. */
const opaque: ReadonlySet<string> = new Set(['Ledger', 'Payer'])

class Walker {
  readonly #checker: ts.TypeChecker
  readonly #ours: string

  constructor(checker: ts.TypeChecker, ours: string) {
    this.#checker = checker
    this.#ours = ours
  }

  missingOf(symbols: readonly ts.Symbol[]): readonly Omit<MissingExport, 'entry'>[] {
    const exported = new Set(symbols)
    const missing = new Map<ts.Symbol, string>()
    const seen = new Set<ts.Type>()
    for (const symbol of symbols) {
      const [declaration] = symbol.declarations ?? []
      if (!declaration || !(symbol.flags & ts.SymbolFlags.Value)) continue
      const type = this.#checker.getTypeOfSymbolAtLocation(symbol, declaration)
      for (const mentioned of this.#mentionedBy(type, seen, false))
        if (!exported.has(mentioned) && !missing.has(mentioned)) missing.set(mentioned, symbol.name)
    }
    return [...missing].map(([type, from]) => ({ type: type.name, from }))
  }

  /** The named types of ours in a type: those it is made from, and those that its members take and return. */
  #mentionedBy(type: ts.Type, seen: Set<ts.Type>, isGiven: boolean): readonly ts.Symbol[] {
    const symbols = [type.aliasSymbol, type.getSymbol()].filter((symbol) => symbol !== undefined)
    const named = symbols.filter((symbol) => this.#isNameable(symbol))
    const isClosed = symbols.some(({ name }) => opaque.has(name) || (isGiven && handedIn.has(name)))
    if (seen.has(type) || isClosed) return named
    seen.add(type)
    const walk = (part: ts.Type): readonly ts.Symbol[] => this.#mentionedBy(part, seen, isGiven)
    const signatures = this.#isWalked(type)
      ? [...type.getCallSignatures(), ...type.getConstructSignatures()]
      : []
    return [
      ...named,
      ...this.#partsOf(type).flatMap(walk),
      ...signatures.flatMap((signature) => [
        ...signature
          .getParameters()
          .flatMap((each) => this.#mentionedBy(this.#checker.getTypeOfSymbol(each), seen, true)),
        ...walk(signature.getReturnType())
      ])
    ]
  }

  #partsOf(type: ts.Type): readonly ts.Type[] {
    const given = [
      ...(type.aliasTypeArguments ?? []),
      ...this.#checker.getTypeArguments(type as ts.TypeReference)
    ]
    if (type.isUnionOrIntersection()) return [...given, ...type.types]
    if (!this.#isWalked(type)) return given
    const members = type.getProperties().filter(isWritable)
    const indexes = this.#checker.getIndexInfosOfType(type).map((info) => info.type)
    return [...given, ...members.map((each) => this.#checker.getTypeOfSymbol(each)), ...indexes]
  }

  /** Other libraries' types are theirs to export. */
  #isWalked(type: ts.Type): boolean {
    const symbol = type.getSymbol()
    return symbol === undefined || this.#isOurs(symbol)
  }

  /** A type that its own module keeps to itself has no name for anybody else. */
  #isNameable(symbol: ts.Symbol): boolean {
    const { Interface, TypeAlias, Class } = ts.SymbolFlags
    const isExported = (symbol.declarations ?? []).some(
      (each) => ts.getCombinedModifierFlags(each) & ts.ModifierFlags.Export
    )
    return isExported && Boolean(symbol.flags & (Interface | TypeAlias | Class)) && this.#isOurs(symbol)
  }

  #isOurs(symbol: ts.Symbol): boolean {
    return (symbol.declarations ?? []).some((each) => each.getSourceFile().fileName.startsWith(this.#ours))
  }
}

/** Members that are named by a symbol are of use to packages of ours alone. */
function isWritable({ escapedName }: ts.Symbol): boolean {
  return !String(escapedName).startsWith('__@')
}
