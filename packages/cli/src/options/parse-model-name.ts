import { UsageError } from '../usage-error.js'

/** Reads `wanted=have`: the name that programs ask for, and the service's. @throws {UsageError} */
export function parseModelName(text: string): readonly [wanted: string, have: string] {
  const [, wanted, have] = /^([^=\s]{1,120})=([^=\s]{1,120})$/.exec(text) ?? []
  if (wanted !== undefined && have !== undefined) return [wanted, have]
  throw new UsageError(
    `--model is WANTED=HAVE, such as claude-opus-4-8=claude-opus-4-7, not "${text.slice(0, 80)}"`
  )
}
