import type { Listed, PurchaseRow, Snapshot } from '../snapshot/snapshot.js'
import { counted } from './format.js'
import { PurchaseTable } from './purchase-table.js'

/** What needs somebody: payments that can still settle, and such that were paid for nothing yet. */
export function OpenPayments({ outstanding, undelivered }: Pick<Snapshot, 'outstanding' | 'undelivered'>) {
  const isQuiet = outstanding.count + undelivered.count === 0
  return (
    <section class="panel" aria-labelledby="open-payments">
      <h2 id="open-payments">Open payments</h2>
      {isQuiet && <p class="empty">Nothing is in flight, and everything that was paid was answered.</p>}
      <Group title="Paid and not answered" listed={undelivered} more="bursar history" />
      <Group title="In flight" listed={outstanding} more="bursar outstanding" />
    </section>
  )
}

function Group({
  title,
  listed: { rows, count },
  more
}: {
  readonly title: string
  readonly listed: Listed<PurchaseRow>
  readonly more: string
}) {
  if (count === 0) return null
  return (
    <>
      <h3>
        {title} <span class="unit">{counted(count, 'payment')}</span>
      </h3>
      <PurchaseTable caption={title} rows={rows} hasAdvice />
      {rows.length < count && <p class="empty">{`The rest: ${more}`}</p>}
    </>
  )
}
