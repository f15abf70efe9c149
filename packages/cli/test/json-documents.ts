import { readFileSync } from 'node:fs'
import Ajv2020 from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { expect } from 'vitest'
import { isLineVerb } from '../src/contract/line-verbs.js'
import { errorDocument } from '../src/schemas/error.js'
import { schemaOf } from '../src/schemas/verb-schemas.js'

/** What a verb printed with `--json`, held to its published schema by another validator, and to have no name besides. */
export function documentsOf(verb: string, out: string): readonly unknown[] {
  const texts = isLineVerb(verb) ? out.split('\n').slice(0, -1) : [out]
  const documents: readonly unknown[] = texts.map((text) => JSON.parse(text))
  const validate = validatorOf(verb)
  for (const document of documents) {
    expect([validate(document), validate.errors], `${verb}: ${out}`).toEqual([true, null])
    assertNothingElse(verb, document)
  }
  return documents
}

const ajv = addFormats.default(new Ajv2020.default({ strict: false }))

function validatorOf(verb: string) {
  const file = new URL(`../schemas/${verb.replaceAll(' ', '-')}.json`, import.meta.url)
  return ajv.compile(JSON.parse(readFileSync(file, 'utf8')))
}

/** The published schema allows what a later version adds. This one has no name that is not written down. */
export function assertNothingElse(verb: string, document: unknown): void {
  const { schema } = schemaOf(verb) ?? expect.unreachable()
  const parsed = errorDocument.or(schema).safeParse(document)
  expect(parsed.error?.message, `${verb}: ${JSON.stringify(document)}`).toBeUndefined()
}
