import type { CommandContext } from '../context.js'
import { UsageError } from '../usage-error.js'

/** What a person is asked to confirm. */
export interface Question {
  /** What will happen, in lines of its own. Absent: it has been said. */
  readonly about?: string
  /** What to type. */
  readonly text: string
  /** What must be typed. */
  readonly answer: string
  /** `--yes`. */
  readonly yes: boolean | undefined
}

/** Has a person confirm what cannot be undone, unless `--yes` was given. @throws {UsageError} */
export async function confirm(context: CommandContext, question: Question): Promise<void> {
  const { about, text, answer, yes } = question
  const { ask, warn } = context
  if (yes) return
  if (!ask) throw new UsageError('There is no terminal to ask for a confirmation: add --yes')
  if (about !== undefined) warn(about)
  const typed = (await ask(text, { isShown: true })).trim()
  if (typed !== answer) throw new UsageError(`"${answer}" was not entered. Nothing was done`)
}
