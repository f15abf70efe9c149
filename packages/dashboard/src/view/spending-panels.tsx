import type { Spending } from '../snapshot/snapshot.js'
import { DayChart } from './day-chart.js'
import { dayLabel, money, sum } from './format.js'
import { ShareBars } from './share-bars.js'

/** What was spent: the sums first, then by day, then by what it was spent on. */
export function SpendingPanels({
  spending,
  isTest = false
}: {
  readonly spending: Spending
  readonly isTest?: boolean
}) {
  const { days, models, agents, hosts, total, held } = spending
  const lastDays = (count: number): string => sum(days.slice(-count).map(({ amount }) => amount))
  const what = isTest ? 'Test money by day' : 'Spend by day'
  return (
    <>
      <dl class="figures">
        <Figure name={dayLabel(days.at(-1)?.name ?? '')} amount={lastDays(1)} />
        <Figure name="Last 7 days" amount={lastDays(7)} />
        <Figure name={`All ${days.length} days`} amount={total} />
        <Figure name="In flight" amount={held} />
      </dl>
      <section class="panel">
        <h3>
          {what} <span class="unit">USD, days in UTC</span>
        </h3>
        <DayChart days={days} title={what} />
      </section>
      <div class="thirds">
        <ShareBars title="By model" shares={models} unnamed="no model" />
        <ShareBars title="By agent" shares={agents} unnamed="no agent" />
        <ShareBars title="By host" shares={hosts} unnamed="no host" />
      </div>
    </>
  )
}

function Figure({ name, amount }: { readonly name: string; readonly amount: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {money(amount)} <span class="unit">USD</span>
      </dd>
    </div>
  )
}
