/** Finds files that import each other in a circle: types, re-exports and lazy imports count as well. */
import { posix } from 'node:path'
import type { SourceFile } from './source-file.js'

/** Every specifier that a file imports, statically or when it is needed. */
export function importsOf(text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
  return [...code.matchAll(/(?:\bfrom|\bimport\(|\bimport)\s*['"]([^'"]+)['"]/g)].map(([, from = '']) => from)
}

/** One line for each group of files in which each leads back to itself. */
export function findImportCircles(files: readonly SourceFile[]): string[] {
  const graph = graphOf(files)
  return stronglyConnected(graph)
    .filter((group) => group.length > 1 || group.some((path) => graph.get(path)?.has(path)))
    .map((group) => `import circle: ${[...group].sort().join(' ⇄ ')}`)
    .sort()
}

type Graph = ReadonlyMap<string, ReadonlySet<string>>

function graphOf(files: readonly SourceFile[]): Graph {
  const known = new Set(files.map(({ path }) => path))
  return new Map(
    files.map(({ path, text }) => [
      path,
      new Set(
        importsOf(text)
          .map((specifier) => resolveImport(path, specifier))
          .map((target) => (target !== undefined && known.has(`${target}x`) ? `${target}x` : target))
          .filter((target) => target !== undefined && known.has(target))
          .map(String)
      )
    ])
  )
}

/** The file that a specifier names, if it is one of ours. */
export function resolveImport(from: string, specifier: string): string | undefined {
  if (specifier.startsWith('.'))
    return posix.normalize(posix.join(posix.dirname(from), specifier)).replace(/\.m?js$/, '.ts')
  const [, scoped, plain, entry = 'index'] =
    /^(?:@bursar\/([\w-]+)|(bursar))(?:\/([\w-]+))?$/.exec(specifier) ?? []
  const home = scoped ?? plain
  return home === undefined ? undefined : `packages/${home}/src/${entry}.ts`
}

/** Tarjan's algorithm. */
function stronglyConnected(graph: Graph): string[][] {
  const order = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const groups: string[][] = []
  const visit = (path: string): number => {
    const index = order.size
    order.set(path, index)
    stack.push(path)
    let lowest = index
    for (const target of graph.get(path) ?? []) {
      if (!order.has(target)) lowest = Math.min(lowest, visit(target))
      else if (stack.includes(target)) lowest = Math.min(lowest, order.get(target) ?? index)
    }
    low.set(path, lowest)
    if (lowest === index) groups.push(stack.splice(stack.indexOf(path)))
    return lowest
  }
  for (const path of graph.keys()) if (!order.has(path)) visit(path)
  return groups
}
