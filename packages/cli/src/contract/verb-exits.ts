import type { VerbExits } from './exit-texts.js'

/** Every verb can be done, fail, be called wrongly and be interrupted. */
const basic = { done: true, failed: true, usage: true, interrupted: true } as const satisfies VerbExits

/** Verbs that ask a service or a chain. */
const asking = { ...basic, unreachable: true } as const satisfies VerbExits

/** Verbs that pay. */
const paying = {
  ...asking,
  rejected: true,
  paidWithoutAnswer: true,
  unresolved: true
} as const satisfies VerbExits

/** Verbs that run another program, whose exit code is theirs. */
const running = {
  ...asking,
  done: 'ended by Ctrl-C; with -- COMMAND the exit code is that of the command'
} as const satisfies VerbExits

/** What each verb can end with, by its words. The help, `bursar exit-codes` and the page of the command are made of it. */
export const verbExits: Readonly<Record<string, VerbExits>> = {
  'wallet create': basic,
  'wallet import': basic,
  'wallet list': basic,
  'wallet show': basic,
  'wallet export': basic,
  'wallet default': basic,
  'wallet rename': basic,
  'wallet passphrase': basic,
  'wallet remove': { ...basic, usage: 'as ever, or a payment of this wallet may still be taken' },
  'wallet watch': basic,
  'wallet sweep': {
    ...asking,
    failed: 'some of it, or nothing, was moved: the text says what and why',
    unresolved: 'sent, and no chain says so yet: the same command again finds out'
  },
  unlock: basic,
  lock: basic,
  pay: { ...paying, failed: 'failed, or the answer is an error; nothing was paid' },
  quote: { ...asking, rejected: 'a limit, a check or an empty account would reject the payment' },
  balance: { ...asking, unreachable: 'a chain or a service does not answer; the rest is shown' },
  doctor: { ...basic, failed: 'something is not well' },
  'limits show': basic,
  'limits set': basic,
  'limits unset': basic,
  'policy show': basic,
  'policy set': basic,
  'policy unset': basic,
  'policy check': { ...basic, usage: 'as ever, or the file is no policy' },
  'policy explain': { ...asking, rejected: 'a rule, a check or an empty account would reject it' },
  topup: paying,
  transactions: asking,
  proof: basic,
  image: paying,
  video: paying,
  chat: paying,
  env: basic,
  models: asking,
  'jobs list': basic,
  'jobs resume': { ...asking, paidWithoutAnswer: 'the job made nothing, or its files cannot be saved' },
  dev: running,
  'dev fund': asking,
  proxy: running,
  mcp: { ...asking, done: 'the host closed its end, or Ctrl-C' },
  history: basic,
  completion: basic,
  show: basic,
  totals: basic,
  outstanding: basic,
  recover: { ...asking, unresolved: 'something is still unresolved: run it again later' },
  reconcile: {
    ...asking,
    discrepancies: true,
    unreachable: 'a chain does not answer; the others are compared'
  },
  cancel: {
    ...asking,
    rejected: 'this payment cannot be cancelled: it is over, or on a network without that',
    paidWithoutAnswer: 'it had settled before: its money is spent',
    unresolved: 'it is not cancelled, and can still settle'
  },
  watch: { ...basic, done: 'ended by Ctrl-C, or nobody reads on' },
  freeze: basic,
  thaw: basic,
  dashboard: { ...basic, done: 'ended by Ctrl-C' },
  report: basic,
  backup: basic,
  prune: basic,
  help: basic,
  explain: basic,
  'exit-codes': basic,
  schema: basic,
  version: basic
}

/** What a verb can end with. `undefined` for one that is not in the table. */
export function exitsOf(verb: string): VerbExits | undefined {
  return Object.hasOwn(verbExits, verb) ? verbExits[verb] : undefined
}
