import * as z from 'zod'
import { HttpError } from '../server/response.js'
import type { FaultOptions } from './fault-options.js'
import { type FaultName, faultTable, isFaultName, missingOption } from './fault-table.js'
import { unknownNameMessage } from './unknown-fault.js'

/** The request header with which another process asks for faults. */
export const FAULT_HEADER = 'x-gateway-fault'

/** A fault that a request asks for itself. */
export interface RequestedFault {
  readonly name: FaultName
  readonly times: number
  readonly options: FaultOptions
}

const whole = z
  .string()
  .regex(/^-?\d{1,12}$/)
  .transform(Number)

const headerOptions = z.strictObject({
  leg: z.optional(z.enum(['unpaid', 'paid', 'any'])),
  delayMs: z.optional(whole),
  when: z.optional(z.enum(['request', 'settled'])),
  to: z.optional(z.url()),
  factor: z.optional(whole),
  offsetSeconds: z.optional(whole),
  bytes: z.optional(whole),
  how: z.optional(z.enum(['base64', 'json', 'accepts'])),
  lands: z.optional(z.stringbool()),
  expires: z.optional(z.stringbool())
})

/**
 * Reads `X-Gateway-Fault`: `name`, `name*2`, `name;option=value`, several with commas.
 *
 * @throws {HttpError} 400 for an unknown fault or option, so that a test that misspells one does not pass.
 */
export function parseFaultHeader(text: string): readonly RequestedFault[] {
  return text.split(',').map((entry) => parseEntry(entry.trim()))
}

function parseEntry(entry: string): RequestedFault {
  const [head = '', ...pairs] = entry.split(';').map((part) => part.trim())
  const [, name = '', times = '1'] = /^([\w-]+)(?:\*(\d{1,6}))?$/.exec(head) ?? []
  if (!isFaultName(name)) throw badRequest(unknownNameMessage(head, Object.keys(faultTable)))
  const entries = pairs.map((pair) => {
    const equals = pair.indexOf('=')
    return [pair.slice(0, equals), pair.slice(equals + 1)] as const
  })
  const options = headerOptions.safeParse(Object.fromEntries(entries))
  if (!options.success)
    throw badRequest(`The options of fault "${name}" cannot be read: ${pairs.join('; ')}.`)
  const given: FaultOptions = Object.fromEntries(
    Object.entries(options.data).filter(([, value]) => value !== undefined)
  )
  const missing = missingOption(name, given)
  if (missing) throw badRequest(`Fault "${name}" needs the option "${missing}".`)
  return { name, times: Number(times), options: given }
}

function badRequest(message: string): HttpError {
  return new HttpError(400, 'unknown_fault', message)
}
