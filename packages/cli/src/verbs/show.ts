import { evidenceVerdict, jsonLines } from '@bursar/audit'
import type { Purchase } from '@bursar/core'
import { withReadingLedger } from '../accounts/with-ledger.js'
import type { CommandContext } from '../context.js'
import { purchaseWithId } from '../options/purchase-id.js'
import { isLocalNetwork } from '../policy/local-networks.js'
import { fieldsText } from '../text/fields-text.js'
import { purchaseFields } from '../text/purchase-fields.js'

/** Shows all that is known of one purchase, and what to do about it. */
export async function show(
  context: CommandContext,
  id: string,
  { json }: { readonly json?: boolean }
): Promise<void> {
  const purchase = await withReadingLedger(context, (ledger) => purchaseWithId(ledger, id))
  if (json) for await (const line of jsonLines(only(purchase))) context.out(line)
  else {
    const evidence = await evidenceVerdict(purchase)
    const isLocal = isLocalNetwork(context, purchase.offer.network)
    context.out(fieldsText(context, purchaseFields(purchase, { evidence, zone: context, isLocal })))
  }
}

async function* only(purchase: Purchase): AsyncGenerator<Purchase, void, undefined> {
  yield purchase
}
