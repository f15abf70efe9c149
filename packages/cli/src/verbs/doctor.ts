import type { CommandContext } from '../context.js'
import { checkAccounts } from '../doctor/check-accounts.js'
import { checkClock } from '../doctor/check-clock.js'
import { checkLimits } from '../doctor/check-limits.js'
import { checkOffer } from '../doctor/check-offer.js'
import { checkProxy } from '../doctor/check-proxy.js'
import { checkRecord } from '../doctor/check-record.js'
import { exitCodes } from '../exit-code.js'
import { assertUrl } from '../options/request-options.js'
import { findingsText } from '../text/findings-text.js'

/** Checks keys, chains, limits and the record; with a URL, what it asks and which check would reject it. Pays nothing. */
export async function doctor(
  context: CommandContext,
  url: string | undefined,
  { json }: { readonly json?: boolean }
): Promise<void> {
  if (url !== undefined) assertUrl(url)
  const findings = [
    ...(await checkAccounts(context, { isOfferKnown: url !== undefined })),
    await checkLimits(context),
    await checkRecord(context),
    ...checkProxy(context.env),
    ...(url === undefined ? [] : [await checkClock(url)])
  ]
  const isAnswered = findings.every(({ what, ok }) => ok || what !== 'clock')
  const offer = url !== undefined && isAnswered ? await checkOffer(context, url) : undefined
  if (offer) findings.push(offer.finding)
  const isWell = findings.every(({ ok }) => ok)
  if (json) context.out(`${JSON.stringify({ ok: isWell, findings })}\n`)
  else context.out(findingsText(context, findings))
  if (offer && !json) context.out(offer.offers)
  if (!isWell) context.progress.exitCode = exitCodes.failed
}
