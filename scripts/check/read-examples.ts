import ts from 'typescript'
import type { SourceFile } from './source-file.js'

/** What an `@example` of a docstring says. */
export interface DocstringExample {
  readonly path: string
  /** The line of the file where the example begins. */
  readonly line: number
  readonly code: string
  /** What it is an example of, where that is a member of a type: `{ day: '5.00' }` of `PeriodLimits.day`. */
  readonly member?: { readonly holder: string; readonly name: string }
}

/** Every `@example` of a file, in order. */
export function readExamples({ path, text }: SourceFile): readonly DocstringExample[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true)
  const found = new Map<ts.JSDocTag, DocstringExample>()
  const visit = (node: ts.Node): void => {
    for (const tag of ts.getJSDocTags(node)) {
      if (tag.tagName.text !== 'example' || found.has(tag)) continue
      const member = memberOf(node)
      found.set(tag, {
        path,
        line: source.getLineAndCharacterOfPosition(tag.pos).line + 1,
        code: codeOf(tag),
        ...(member ? { member } : {})
      })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return [...found.values()]
}

function memberOf(node: ts.Node): DocstringExample['member'] {
  if (!ts.isPropertySignature(node) && !ts.isMethodSignature(node)) return undefined
  if (!ts.isInterfaceDeclaration(node.parent) || !ts.isIdentifier(node.name)) return undefined
  return { holder: node.parent.name.text, name: node.name.text }
}

function codeOf(tag: ts.JSDocTag): string {
  const text = ts.getTextOfJSDocComment(tag.comment) ?? ''
  const [, block] = /^```ts\n([\s\S]*?)\n```/.exec(text) ?? []
  return block ?? text
}
