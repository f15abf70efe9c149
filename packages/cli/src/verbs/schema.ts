import type { CommandContext } from '../context.js'
import { unknownVerb } from '../contract/unknown-verb.js'
import { type JsonSchema, jsonSchemaOf } from '../schemas/json-schema.js'
import { schemaOf, verbsWithSchema } from '../schemas/verb-schemas.js'

/** Prints the JSON Schema of what a verb prints with `--json`; without a verb, which there are. */
export function showSchema(
  context: CommandContext,
  words: readonly string[],
  { json }: { readonly json?: boolean }
): void {
  const verb = words.join(' ')
  context.out(verb === '' ? verbList(json) : `${JSON.stringify(readSchema(verb), null, json ? 0 : 2)}\n`)
}

function verbList(json = false): string {
  return json ? `${JSON.stringify({ verbs: verbsWithSchema })}\n` : `${verbsWithSchema.join('\n')}\n`
}

/** @throws {UsageError} when there is no such verb. */
function readSchema(verb: string): JsonSchema {
  const found = schemaOf(verb)
  if (found) return jsonSchemaOf(verb, found)
  throw unknownVerb(verb)
}
