import * as z from 'zod'
import { errorDocument } from './error.js'
import type { VerbSchema } from './verb-schema.js'

/** A JSON Schema (draft 2020-12). */
export type JsonSchema = Readonly<Record<string, unknown>>

/** Of what a verb prints with `--json`: its own document, or an error. Names that a later version adds are allowed. */
export function jsonSchemaOf(verb: string, { form, about, schema }: VerbSchema): JsonSchema {
  const what = form === 'lines' ? 'Each line (JSON Lines)' : 'The document'
  return {
    ...z.toJSONSchema(z.union([schema, errorDocument]), {
      override: ({ jsonSchema }) => {
        if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
      }
    }),
    title: `bursar ${verb} --json`,
    description: `${what}: ${about}, or an error.`
  }
}
