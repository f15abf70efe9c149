/** Measures how long files and functions are, and counts what the types should make unnecessary; holds each to its bound. */
import ts from 'typescript'
import type { SourceFile } from './source-file.js'

/** What is counted of one file. */
export interface Shape {
  readonly path: string
  readonly lines: number
  /** Lines of each function that has a body. */
  readonly functions: readonly number[]
  /** Functions that take four arguments or more, by place. */
  readonly manyParameters: readonly string[]
  /** `as X`, but for `as const`. */
  readonly casts: number
  readonly suppressions: number
}

/** Measures one file. */
export function measureShape({ path, text }: SourceFile): Shape {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const lineOf = (position: number): number => source.getLineAndCharacterOfPosition(position).line + 1
  const functions: number[] = []
  const manyParameters: string[] = []
  let casts = 0
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node)) {
      const body = 'body' in node ? node.body : undefined
      if (body) functions.push(lineOf(node.end) - lineOf(node.getStart()) + 1)
      if (body && node.parameters.length > 3) manyParameters.push(`${path}:${lineOf(node.getStart())}`)
    }
    if (ts.isAsExpression(node) && !ts.isConstTypeReference(node.type)) casts++
    ts.forEachChild(node, visit)
  }
  visit(source)
  const suppressions = [...text.matchAll(/@ts-(?:ignore|expect-error|nocheck)|biome-ignore/g)].length
  return { path, lines: text.split('\n').length - 1, functions, manyParameters, casts, suppressions }
}

/** No file is longer, of sources, tests and scripts alike. */
const MAX_FILE_LINES = 250

/** Bounds of all source files together. */
const bounds = {
  medianFileLines: 60,
  p90FileLines: 140,
  longestFileLines: MAX_FILE_LINES,
  p90FunctionLines: 20,
  functionsWithManyParameters: 20,
  castsPerThousandLines: 2,
  suppressions: 1
} as const

/** The figures of all files together. */
export function summarizeShapes(shapes: readonly Shape[]): Record<keyof typeof bounds, number> {
  const files = shapes.map(({ lines }) => lines)
  const functions = shapes.flatMap((shape) => shape.functions)
  const total = files.reduce((sum, lines) => sum + lines, 0)
  const casts = shapes.reduce((sum, shape) => sum + shape.casts, 0)
  return {
    medianFileLines: quantile(files, 0.5),
    p90FileLines: quantile(files, 0.9),
    longestFileLines: Math.max(...files),
    p90FunctionLines: quantile(functions, 0.9),
    functionsWithManyParameters: shapes.flatMap((shape) => shape.manyParameters).length,
    castsPerThousandLines: Math.round((casts / total) * 10_000) / 10,
    suppressions: shapes.reduce((sum, shape) => sum + shape.suppressions, 0)
  }
}

/** One sentence for each figure that is above its bound. */
export function exceededBounds(figures: Readonly<Record<keyof typeof bounds, number>>): string[] {
  return Object.entries(bounds).flatMap(([name, most]) => {
    const figure = figures[name as keyof typeof bounds]
    return figure > most ? [`${name} is ${figure}, at most ${most}`] : []
  })
}

/** One sentence for each file that is too long to be read in one go. */
export function longFiles(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, text }) => {
    const lines = text.split('\n').length - 1
    return lines > MAX_FILE_LINES
      ? [`${path} has ${lines} lines, at most ${MAX_FILE_LINES}: split it by idea`]
      : []
  })
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
