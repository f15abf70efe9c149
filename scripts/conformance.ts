/**
 * Runs the tests that name a numbered statement of a service, and prints each statement with what came of it. A statement
 * passes when a test that drives the client names it, such as `Katana 73: …`, and every test that does passes. What no client
 * can prove is marked in the list, with the reason, and passes by the gateway's own tests. `--results FILE` runs no test, and
 * reads what vitest's json reporter wrote of all.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { evaluateStatements, readStatements, type TestResult } from './conformance/evaluate-statements.js'

const services = readdirSync('docs/conformance')
  .filter((name) => name.endsWith('.md'))
  .map((name) => readStatements(readFileSync(join('docs/conformance', name), 'utf8')))
const { values } = parseArgs({ options: { results: { type: 'string' } } })
const results = values.results
  ? readResults(values.results)
  : runTests(services.map(({ service }) => service))
let failed = 0
for (const { service, statements } of services) {
  const verdicts = evaluateStatements(service, statements, results)
  for (const { number, text, verdict, clientTests, gatewayTests } of verdicts)
    console.log(
      `${verdict.padEnd(8)} ${service} ${number}. ${text} [client ${clientTests}, gateway ${gatewayTests}]`
    )
  const passed = verdicts.filter(({ verdict }) => verdict === 'pass').length
  const byServer = verdicts.filter(({ serverOnly }) => serverOnly !== undefined).length
  console.log(
    `\n${service}: ${passed} of ${verdicts.length}; client ${verdicts.length - byServer}, server only ${byServer}\n`
  )
  failed += verdicts.length - passed
}
process.exitCode = failed === 0 ? 0 : 1

/** Every test whose name has a statement, of the files that have one; the others are not run. */
function runTests(names: readonly string[]): readonly TestResult[] {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-conformance-'))
  const outputFile = join(folder, 'results.json')
  const pattern = `(${names.join('|')}) \\d`
  const files = testFiles().filter((path) => new RegExp(pattern).test(readFileSync(path, 'utf8')))
  const args = ['vitest', 'run', ...files, '-t', pattern, '--reporter=json', `--outputFile=${outputFile}`]
  const { status } = spawnSync('npx', args, { stdio: ['ignore', 'ignore', 'inherit'] })
  if (status === null) throw new TypeError('vitest did not end')
  const results = readResults(outputFile)
  rmSync(folder, { recursive: true })
  return results
}

function testFiles(): readonly string[] {
  return ['packages', 'test'].flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.test.ts') && !path.includes('node_modules'))
      .map((path) => join(root, path))
  )
}

/** What vitest's json reporter has written. */
function readResults(path: string): readonly TestResult[] {
  const report = JSON.parse(readFileSync(path, 'utf8')) as {
    readonly testResults: readonly {
      readonly name: string
      readonly assertionResults: readonly Omit<TestResult, 'isGateway'>[]
    }[]
  }
  return report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map((result) => ({ ...result, isGateway: name.includes('/packages/gateway/') }))
  )
}
