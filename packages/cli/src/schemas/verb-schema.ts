import type { ZodType } from 'zod'

/** What a verb prints with `--json`. */
export interface VerbSchema {
  /** `document`: one JSON document. `lines`: JSON Lines, each of the schema. */
  readonly form: 'document' | 'lines'
  /** What the verb's schema is about, for its title. */
  readonly about: string
  readonly schema: ZodType
}
