/** One thing that a service does. */
export interface Statement {
  readonly number: number
  readonly text: string
  /** Why no client can prove it; absent where one can. */
  readonly serverOnly?: string
}

/** What vitest tells of a test. */
export interface TestResult {
  readonly fullName: string
  readonly status: string
  /** Whether it drives the local gateway alone, and so proves the stand-in and not the client. */
  readonly isGateway: boolean
}

/** What came of a statement. */
export interface Verdict extends Statement {
  /** `untested`: no test of the client names it, or, where it is the server's alone, no test at all. */
  readonly verdict: 'pass' | 'fail' | 'untested'
  readonly clientTests: number
  readonly gatewayTests: number
}

/**
 * Reads a list of statements; its heading begins with the service's name. What no client can prove ends in
 * `(server only: why)`.
 */
export function readStatements(markdown: string): {
  readonly service: string
  readonly statements: readonly Statement[]
} {
  const service = /^# ([^,\n]+)/.exec(markdown)?.[1] ?? ''
  // A statement may go on in the lines below it, which are indented.
  const lines = markdown.replaceAll(/\n +(?=\S)/g, ' ')
  const statements = [...lines.matchAll(/^(\d+)\. (.+)$/gm)].map(([, number, text = '']) => {
    const [, serverOnly] = /\(server only: (.+)\)$/.exec(text) ?? []
    return { number: Number(number), text, ...(serverOnly === undefined ? {} : { serverOnly }) }
  })
  return { service, statements }
}

/** Compares statements with the tests that name them, one by one: `Katana 5 and 54: …`. */
export function evaluateStatements(
  service: string,
  statements: readonly Statement[],
  results: readonly TestResult[]
): readonly Verdict[] {
  const named = results
    .filter(({ status }) => status === 'passed' || status === 'failed')
    .map((result) => ({ ...result, numbers: numbersIn(service, result.fullName) }))
  return statements.map((statement) => {
    const tests = named.filter(({ numbers }) => numbers.has(statement.number))
    const gatewayTests = tests.filter(({ isGateway }) => isGateway).length
    const clientTests = tests.length - gatewayTests
    const isTested = statement.serverOnly === undefined ? clientTests > 0 : tests.length > 0
    const passes = tests.every(({ status }) => status === 'passed')
    return {
      ...statement,
      verdict: isTested ? (passes ? 'pass' : 'fail') : 'untested',
      clientTests,
      gatewayTests
    }
  })
}

/** The numbers that a test's name names of a service. A range names its ends alone, since nobody asserts a range. */
export function numbersIn(service: string, name: string): ReadonlySet<number> {
  const lists = [...name.matchAll(new RegExp(`${service} ((?:\\d+(?:, | and )?)+)`, 'g'))]
  return new Set(lists.flatMap(([, list = '']) => [...list.matchAll(/\d+/g)].map(([one]) => Number(one))))
}
