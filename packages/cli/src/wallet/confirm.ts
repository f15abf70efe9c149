import type { CommandContext } from '../context.js'
import { UsageError } from '../usage-error.js'

/** What a person is asked to confirm. */
export interface Question {
  /** What will happen, and what to type. */
  readonly text: string
  /** What must be typed. */
  readonly answer: string
  /** `--yes`. */
  readonly yes: boolean | undefined
}

/** Has a person confirm what cannot be undone, unless `--yes` was given. @throws {UsageError} */
export async function confirm({ ask }: CommandContext, { text, answer, yes }: Question): Promise<void> {
  if (yes) return
  if (!ask) throw new UsageError('There is no terminal to ask for a confirmation: add --yes')
  const typed = (await ask(text, { isShown: true })).trim()
  if (typed !== answer) throw new UsageError(`"${answer}" was not entered. Nothing was done`)
}
