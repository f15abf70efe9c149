/**
 * The house rules that no linter knows: which package may import which, how long a file may be, what a
 * test may not do. `packages` is the map that docs/architecture.md draws.
 */

import { importsOf } from './import-circles.js'
import type { SourceFile } from './source-file.js'

/** What each package's sources may import of ours. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  core: [],
  evm: ['core'],
  solana: ['core'],
  siwx: ['core'],
  ledger: ['core'],
  fetch: ['core'],
  generation: ['core', 'prepaid', 'siwx', 'translation'],
  prepaid: ['core', 'siwx'],
  audit: ['core'],
  bursar: ['core', 'evm', 'solana', 'siwx', 'ledger', 'fetch', 'audit', 'generation'],
  policy: ['core', 'fetch', 'ledger'],
  keystore: ['core', 'siwx'],
  'local-server': ['core', 'fetch'],
  otel: ['core', 'fetch'],
  webhook: ['audit', 'core', 'fetch'],
  translation: ['core'],
  proxy: ['bursar', 'core', 'fetch', 'generation', 'ledger', 'local-server', 'translation'],
  mcp: ['bursar', 'core', 'fetch', 'generation', 'local-server'],
  dashboard: ['audit', 'core', 'fetch', 'local-server'],
  localchain: ['core'],
  gateway: ['core', 'localchain'],
  cli: [
    ...['bursar', 'core', 'evm', 'solana', 'fetch', 'generation', 'ledger', 'audit', 'siwx'],
    ...['keystore', 'local-server', 'policy', 'proxy', 'mcp', 'dashboard', 'gateway', 'webhook']
  ]
}

/** What runs in pages and on the edge too. */
const runsEverywhere =
  /^packages\/(?:audit|bursar|core|evm|fetch|generation|ledger|mcp\/src\/paying|prepaid|siwx|solana)\/(?!.*either-signal)/

const MAX_LINES = 400
const vagueNames = /(?:^|\/)(?:utils?|helpers?|common|types|misc)\.ts$/

/** Everything that is wrong with a file, one sentence each. */
export function checkFile({ path, text }: SourceFile): string[] {
  const isTest = /\.(?:test|test-d)\.tsx?$/.test(path) || path.startsWith('test/')
  return [
    ...checkImports(path, text, isTest),
    ...(isTest ? checkTest(text) : checkSource(path, text)),
    ...(text.split('\n').length > MAX_LINES ? [`is longer than ${MAX_LINES} lines`] : []),
    ...(vagueNames.test(path) ? ['has a name that says nothing'] : [])
  ].map((problem) => `${path} ${problem}`)
}

function checkImports(path: string, text: string, isTest: boolean): string[] {
  const home = /^packages\/([\w-]+)\/src\//.exec(path)?.[1]
  const problems: string[] = []
  for (const from of importsOf(text)) {
    if (from === 'viem/chains' && !isTest) problems.push('imports viem/chains, which takes 450 ms to load')
    if (/^@bursar\/[\w-]+\/(?:src|dist)/.test(from)) problems.push(`reaches into ${from}`)
    const target = /^(?:@bursar\/([\w-]+)|(bursar)(?:\/|$))/.exec(from)?.slice(1).find(Boolean)
    if (!home || isTest || !target || target === home) continue
    if (!allowed[home]?.includes(target)) problems.push(`imports ${target}, against the arrows`)
  }
  return problems
}

function checkTest(text: string): string[] {
  const problems: string[] = []
  if (/\b(?:it|test|describe)\.(?:skip|only|todo|fails)\b/.test(text))
    problems.push('skips or narrows its tests')
  if (/\bretry:\s*[1-9]/.test(text)) problems.push('retries its tests')
  return problems
}

function checkSource(path: string, text: string): string[] {
  const problems: string[] = []
  if (path.startsWith('packages/') && /throw new Error\(/.test(text)) problems.push('throws a bare Error')
  if (runsEverywhere.test(path) && text.includes('AbortSignal.any('))
    problems.push('uses AbortSignal.any, which not every runtime has: core has eitherSignal')
  if (/await \S+\.(?:data)?sync\(\)/.test(text))
    problems.push("uses a file handle's own sync, which Yarn's Plug'n'Play has not: core has syncFile")
  return problems
}
