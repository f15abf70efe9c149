import {
  checkAddress,
  checkHttpUrl,
  checkNetworkId,
  checkStorableText,
  checkUsdcAmount,
  isError,
  type OptionCheck
} from '@bursar/core'
import { checkHostName, checkOneHost } from '@bursar/fetch'
import * as z from 'zod'

/** Stands in a message for the path of the value, which the schema does not know. */
export const HERE = '\0'

/** Text that one of the checks of `createBursar` lets pass, so that both say the same of it. */
function checked(check: OptionCheck): (text: string, issues: z.RefinementCtx) => void {
  return (text, issues) => {
    try {
      check(text, HERE)
    } catch (error) {
      issues.addIssue({ code: 'custom', message: isError(error) ? error.message : String(error) })
    }
  }
}

/** Decimal USDC. A number is rejected: `5.00` in YAML would be read as 5, and 0.1 as what a computer makes of it. */
export const amount = z
  .string({ error: `${HERE} must be decimal text in quotes, such as "0.25"` })
  .superRefine(checked(checkUsdcAmount))
  .meta({ examples: ['0.25'], pattern: '^\\d+(\\.\\d{1,6})?$' })

/** A CAIP-2 id. */
export const networkId = z
  .templateLiteral([z.string(), ':', z.string()], { error: ({ input }) => networkText(input) })
  .superRefine(checked(checkNetworkId))
  .meta({ examples: ['eip155:8453'] })

/** A host, or all hosts under a domain. */
export const hostName = text('host')
  .superRefine(checked(checkHostName))
  .meta({ examples: ['kat.imgnai.com'] })

/** One host. */
export const oneHost = text('host')
  .superRefine(checked(checkOneHost))
  .meta({ examples: ['kat.imgnai.com'] })

/** An account or a token. */
export const address = text('address').superRefine(checked(checkAddress))

/** An http or https URL. */
export const httpUrl = text('URL').superRefine(checked(checkHttpUrl))

/** Text that is not empty, and that every store can keep. */
export function text(what: string): z.ZodString {
  return z.string({ error: `${HERE} must be a ${what}, as text` }).min(1, `${HERE} must not be empty`)
}

/** The name of a label. */
export const labelName = text('label').superRefine(checked(checkStorableText))

/** A whole number within bounds. */
export function wholeNumber(least: number, most: number): z.ZodNumber {
  const error = `${HERE} must be a whole number from ${least} to ${most}`
  return z.int({ error }).min(least, error).max(most, error)
}

function networkText(input: unknown): string {
  try {
    checkNetworkId(input, HERE)
  } catch (error) {
    if (isError(error)) return error.message
  }
  return `${HERE} must be the CAIP-2 id of a network`
}
