import { exitCodes } from '../exit-code.js'

/** The name of an exit code. */
type ExitName = keyof typeof exitCodes

/** What each exit code says, for people, each within a line of a terminal. */
const exitTexts: Readonly<Record<ExitName, string>> = {
  done: 'done',
  failed: 'failed, and nothing was paid',
  usage: 'the command line, a setting or a file of the command is wrong',
  rejected: 'a limit or a check rejects the payment; nothing was paid for the call',
  paidWithoutAnswer: 'paid, and the answer is lost, an error or cannot be kept',
  unresolved: 'a payment is in flight, or something may be charged: bursar recover',
  discrepancies: 'the record and the chains do not agree',
  unreachable: 'a service or a chain does not answer, and nothing was paid',
  interrupted: 'interrupted (143 by SIGTERM, 129 by SIGHUP), and nothing was paid'
}

/** What one verb can end with: a text of its own, or `true` for the text that all share. */
export type VerbExits = Readonly<Partial<Record<ExitName, string | true>>>

/** An exit code, its name and its text. */
export interface ExitRow {
  readonly code: number
  readonly name: ExitName
  readonly text: string
}

/** The exit codes of one verb, or all of them, in order. */
export function exitRows(exits?: VerbExits): readonly ExitRow[] {
  return names.flatMap((name) => {
    const own = exits ? exits[name] : true
    return own === undefined
      ? []
      : [{ code: exitCodes[name], name, text: own === true ? exitTexts[name] : own }]
  })
}

const names: readonly ExitName[] = [
  'done',
  'failed',
  'usage',
  'rejected',
  'paidWithoutAnswer',
  'unresolved',
  'discrepancies',
  'unreachable',
  'interrupted'
]

/** The list as a help shows it. */
export function exitHelp(exits?: VerbExits): string {
  const lines = exitRows(exits).map(({ code, text }) => `${String(code).padStart(3)}  ${text}`)
  return `\nExit codes:\n${lines.join('\n')}`
}
