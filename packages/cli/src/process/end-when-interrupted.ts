import { constants } from 'node:os'
import type { MoneyAtStake, Progress } from '../context.js'
import { exitsOf } from '../contract/verb-exits.js'
import { exitCodes } from '../exit-code.js'
import type { Io } from '../io.js'
import { interruptionJson } from '../json/error-json.js'
import type { JsonOutput } from '../json/json-output.js'
import { interrupts } from './until-interrupted.js'

const resumes = 'The same command within ten minutes gets its answer and pays no more'

const repeats = 'The same command would be charged again; bursar history lists what is known'

/** What is said of the money, and the exit code. */
const endings: Readonly<Record<Exclude<MoneyAtStake, 'none'>, readonly [text: string, code: number]>> = {
  'in-flight': [
    `a payment is in flight. ${resumes}, and bursar recover finds out what became of it`,
    exitCodes.unresolved
  ],
  paid: [`its payment has settled. ${resumes}`, exitCodes.paidWithoutAnswer],
  job: [
    'its job is paid for and not saved. The same command goes on where this one was, and pays no more',
    exitCodes.paidWithoutAnswer
  ],
  account: [`an account may be charged. ${repeats}`, exitCodes.unresolved],
  balance: [
    `the prepaid balance may be charged. ${repeats}, and bursar balance what is left`,
    exitCodes.unresolved
  ]
}

/** Where an interruption is reported. */
interface Report {
  readonly err: Io['err']
  readonly output: JsonOutput
}

/**
 * Ends the process when it is interrupted, with what that means for the money. The record is on disk at every moment, so
 * that nothing of it is waited for.
 *
 * @returns a function that stops this.
 */
export function endWhenInterrupted(progress: Progress, { err, output }: Report): () => void {
  const end = (signal: (typeof interrupts)[number]): void => {
    if (progress.handlesInterrupts) return
    progress.handlesInterrupts = true
    const { exitCode, message } = endingOf(progress, signal)
    Object.assign(progress, { isInterrupted: true, exitCode })
    if (progress.moneyAtStake !== 'none' || canPay(progress)) err(`${message}\n`)
    const written = output.fail(interruptionJson(progress, { exitCode, message }), progress.jsonForm)
    void written.finally(() => process.exit(exitCode))
  }
  for (const signal of interrupts) process.on(signal, end)
  return () => {
    for (const signal of interrupts) process.off(signal, end)
  }
}

/** Whether it is a question at all where the money is: by the verb. */
function canPay({ verb }: Progress): boolean {
  return verb !== undefined && exitsOf(verb)?.paidWithoutAnswer === true
}

function endingOf({ moneyAtStake }: Progress, signal: (typeof interrupts)[number]) {
  if (moneyAtStake === 'none')
    return { message: 'Interrupted. Nothing was paid.', exitCode: 128 + constants.signals[signal] }
  const [text, exitCode] = endings[moneyAtStake]
  return { message: `Interrupted while ${text}.`, exitCode }
}
