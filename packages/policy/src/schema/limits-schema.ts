import * as z from 'zod'
import { amount, HERE, labelName, oneHost } from './checked.js'

const of = (what: string) => amount.optional().describe(what)

const sums = {
  minute: of('The most within the last 60 seconds, in dollars.'),
  hour: of('The most within the last 60 minutes, in dollars.'),
  day: of('The most within the last 24 hours, in dollars.'),
  week: of('The most within the last 7 days, in dollars.'),
  month: of('The most within the last 30 days, in dollars.'),
  total: of('The most in all time, in dollars.')
}

const payment = of('The most that one payment may cost, in dollars.')
const hosts = z
  .record(oneHost, z.strictObject({ payment, ...sums }))
  .superRefine((named, issues) => {
    const names = Object.keys(named).map((name) => name.toLowerCase().replace(/\.+(?=:\d+$|$)/, ''))
    const twice = names.find((name, index) => names.indexOf(name) < index)
    if (twice) issues.addIssue({ code: 'custom', message: `${HERE} names ${twice} in two spellings` })
  })
  .optional()

/** What may be spent. Every limit that is given must hold. */
export const limits = z.strictObject({
  payment,
  ...sums,
  perHost: z.strictObject(sums).optional().describe('Limits on the sums to any one host.'),
  hosts: hosts.describe('Limits for named hosts, in addition.'),
  perLabel: z
    .record(labelName, z.strictObject(sums))
    .optional()
    .describe('Limits on the sums of any one value of a label, such as agent.')
})
