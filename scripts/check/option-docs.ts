import ts from 'typescript'
import { createProgram, exportsOf } from './program.js'

/** An option whose hover text does not say what its reader needs. */
export interface PoorOption {
  /** Such as `TimingOptions.resend`. */
  readonly option: string
  readonly lacks: 'a text' | 'an example' | 'its default'
}

/** Types whose members a user writes. */
const optionsName = /(Options|Limits|Rule|Additions|RelayCall|HistoryQuery|JobQuery|BalancesQuery)$/

/**
 * Finds the options whose hover text lacks something. Each needs a text and an example, and one that may be left out
 * also needs to say what happens then ("Default: …").
 *
 * @param entries files with named exports. Every interface of ours that they export and whose name is that of options
 * is read, with the interfaces it extends.
 */
export function poorOptions(entries: readonly string[], root: string): readonly PoorOption[] {
  const program = createProgram(entries, root)
  const checker = program.getTypeChecker()
  const found = entries
    .flatMap((entry) => exportsOf(program, entry))
    .filter(({ name, flags }) => optionsName.test(name) && flags & ts.SymbolFlags.Interface)
    .flatMap((each) => checker.getDeclaredTypeOfSymbol(each).getProperties())
    .filter(isOurs)
    .flatMap((member) => poorPartsOf(member, checker))
  // Packages read each other's declarations, so that an option is met in the source and in the build.
  return [...new Map(found.map((each) => [`${each.option} ${each.lacks}`, each])).values()]
}

function isOurs({ declarations = [] }: ts.Symbol): boolean {
  return declarations.some((each) => !each.getSourceFile().fileName.includes('/node_modules/'))
}

function poorPartsOf(member: ts.Symbol, checker: ts.TypeChecker): readonly PoorOption[] {
  const option = `${holderOf(member)}.${member.name}`
  const text = ts.displayPartsToString(member.getDocumentationComment(checker))
  if (text === '') return [{ option, lacks: 'a text' }]
  const found: PoorOption[] = []
  const hasExample = member.getJsDocTags(checker).some(({ name }) => name === 'example')
  if (!hasExample) found.push({ option, lacks: 'an example' })
  const isOptional = Boolean(member.flags & ts.SymbolFlags.Optional)
  if (isOptional && !/\bDefault:\s/.test(text)) found.push({ option, lacks: 'its default' })
  return found
}

function holderOf(member: ts.Symbol): string {
  const parent = member.declarations?.[0]?.parent
  return parent && ts.isInterfaceDeclaration(parent) ? parent.name.text : '?'
}
