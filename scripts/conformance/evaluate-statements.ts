/** One thing that a service does. */
export interface Statement {
  readonly number: number
  readonly text: string
}

/** What vitest reports about a test. */
export interface TestResult {
  readonly fullName: string
  readonly status: string
}

/** What came of a statement. */
export interface Verdict extends Statement {
  /** `untested`: no test names it. */
  readonly verdict: 'pass' | 'fail' | 'untested'
  readonly tests: number
}

/** Reads a list of statements; its heading begins with the service's name. */
export function readStatements(markdown: string): {
  readonly service: string
  readonly statements: readonly Statement[]
} {
  const service = /^# ([^,\n]+)/.exec(markdown)?.[1] ?? ''
  const statements = [...markdown.matchAll(/^(\d+)\. (.+)$/gm)].map(([, number, text = '']) => ({
    number: Number(number),
    text
  }))
  return { service, statements }
}

/** Compares statements with the tests that name them: `Katana 5 and 54: …`, `Katana 138 to 141: …`. */
export function evaluateStatements(
  service: string,
  statements: readonly Statement[],
  results: readonly TestResult[]
): readonly Verdict[] {
  const named = results
    .filter(({ status }) => status === 'passed' || status === 'failed')
    .map(({ fullName, status }) => ({ numbers: numbersIn(service, fullName), passed: status === 'passed' }))
  return statements.map((statement) => {
    const tests = named.filter(({ numbers }) => numbers.has(statement.number))
    const verdict = tests.length === 0 ? 'untested' : tests.every(({ passed }) => passed) ? 'pass' : 'fail'
    return { ...statement, verdict, tests: tests.length }
  })
}

/** The numbers that a test's name names of a service. */
export function numbersIn(service: string, name: string): ReadonlySet<number> {
  const numbers = new Set<number>()
  for (const [, list = ''] of name.matchAll(new RegExp(`${service} ((?:\\d+(?:, | and | to )?)+)`, 'g'))) {
    for (const [, from, to, one] of list.matchAll(/(\d+) to (\d+)|(\d+)/g)) {
      for (let number = Number(from ?? one); number <= Number(to ?? one); number++) numbers.add(number)
    }
  }
  return numbers
}
