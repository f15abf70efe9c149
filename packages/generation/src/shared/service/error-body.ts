import { parseJsonObject } from '@bursar/core'
import { defined } from '../wire/defined.js'
import { error, object, objects, words } from '../wire/tolerant-schemas.js'

const errorField = error({ code: words(64), message: words() })

/** Every shape of error that is about. Generation requests put theirs into `responses[].error`. */
const schema = object({
  error: errorField,
  code: words(64),
  message: words(),
  detail: words(),
  responses: objects({ error: errorField }, 1)
})

/** What a service says about a failure. */
export interface ServiceFailure {
  readonly serviceCode?: string
  readonly reason?: string
}

/** Reads why a service rejected: `{ error: { code, message } }`, `{ error }`, `{ message }` or `{ detail }`. */
export function readFailure(body: string | undefined): ServiceFailure {
  const json = body === undefined ? undefined : parseJsonObject(body)
  if (!json) return {}
  const { error: outer, responses, ...top } = schema.parse(json)
  const inner = responses[0]?.error
  return defined({
    serviceCode: outer.code ?? inner?.code ?? top.code,
    reason: outer.message ?? inner?.message ?? top.message ?? top.detail
  })
}
