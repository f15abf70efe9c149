/** What vitest's json-summary says of one file. */
export interface FileCoverage {
  readonly lines: Count
  readonly branches: Count
}

interface Count {
  readonly total: number
  readonly covered: number
}

/** Percent of a package that tests reach. */
export interface PackageShare {
  readonly name: string
  readonly lines: number
  readonly branches: number
}

/** Where money is decided, more must be reached than elsewhere. */
const strict: ReadonlySet<string> = new Set(['core', 'ledger', 'fetch', 'evm', 'solana'])

/** Adds the files of each package up. */
export function sharesByPackage(files: readonly (readonly [path: string, FileCoverage])[]): PackageShare[] {
  const byName = new Map<string, FileCoverage[]>()
  for (const [path, coverage] of files) {
    const name = /^packages\/([\w-]+)\//.exec(path)?.[1]
    if (name !== undefined) byName.set(name, [...(byName.get(name) ?? []), coverage])
  }
  return [...byName].map(([name, all]) => ({
    name,
    lines: percent(all.map(({ lines }) => lines)),
    branches: percent(all.map(({ branches }) => branches))
  }))
}

/** One sentence for each package that is not reached enough. */
export function shortfalls(shares: readonly PackageShare[]): string[] {
  return shares.flatMap(({ name, lines, branches }) => {
    const least = leastOf(name)
    return [
      ...(lines < least.lines ? [`${name}: ${lines.toFixed(1)} % of lines, at least ${least.lines} %`] : []),
      ...(branches < least.branches
        ? [`${name}: ${branches.toFixed(1)} % of branches, at least ${least.branches} %`]
        : [])
    ]
  })
}

function leastOf(name: string): { readonly lines: number; readonly branches: number } {
  return strict.has(name) ? { lines: 92, branches: 88 } : { lines: 80, branches: 80 }
}

function percent(counts: readonly Count[]): number {
  const total = counts.reduce((sum, count) => sum + count.total, 0)
  return total === 0 ? 100 : (100 * counts.reduce((sum, count) => sum + count.covered, 0)) / total
}
