import { type AnswerCost, OutputError } from './output-error.js'

/** Waits until a part of an answer is written. @throws {OutputError} when it cannot be. */
export async function keeping(writing: Promise<void>, cost: AnswerCost): Promise<void> {
  try {
    await writing
  } catch (cause) {
    throw new OutputError('The answer could not be written', { cost, cause })
  }
}
