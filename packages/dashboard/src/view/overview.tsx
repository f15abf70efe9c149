import type { ComponentChildren } from 'preact'
import type { BalanceRows, PurchaseRow, Snapshot } from '../snapshot/snapshot.js'
import { Balances } from './balances.js'
import { minuteText } from './format.js'
import { Jobs } from './jobs.js'
import { Limits } from './limits.js'
import { OpenPayments } from './open-payments.js'
import { PurchaseTable } from './purchase-table.js'
import { SpendingPanels } from './spending-panels.js'

/** Everything but what only a live page has. */
export function Overview({
  snapshot,
  balances,
  recent = snapshot.recent,
  hasPictures = true,
  onReadBalances
}: {
  readonly snapshot: Snapshot
  readonly balances: BalanceRows | undefined
  readonly recent?: readonly PurchaseRow[]
  readonly hasPictures?: boolean
  readonly onReadBalances?: () => void
}) {
  const { spending, testSpending, limits, testLimits, outstanding, undelivered, jobs } = snapshot
  return (
    <>
      <Standing snapshot={snapshot} />
      <section aria-labelledby="spending">
        <h2 id="spending">Spending</h2>
        <SpendingPanels spending={spending} />
      </section>
      <OpenPayments outstanding={outstanding} undelivered={undelivered} />
      <div class="halves">
        <Limits limits={limits} />
        <Balances balances={balances} {...(onReadBalances ? { onRead: onReadBalances } : {})} />
      </div>
      <Jobs jobs={jobs} hasPictures={hasPictures} />
      <section class="panel" aria-labelledby="recent">
        <h2 id="recent">Newest purchases</h2>
        {recent.length === 0 && <p class="empty">Nothing was bought yet.</p>}
        {recent.length > 0 && <PurchaseTable caption="Newest purchases" rows={recent} />}
      </section>
      {testSpending && (
        <section class="test" aria-labelledby="test-money">
          <h2 id="test-money">
            Test money <span class="tag">worth nothing</span>
          </h2>
          <SpendingPanels spending={testSpending} isTest />
          {testLimits && testLimits.rows.length > 0 && <Limits limits={testLimits} isTest />}
        </section>
      )}
    </>
  )
}

/** Whether anything is paid, and why not. */
function Standing({ snapshot: { frozen, restored, local } }: { readonly snapshot: Snapshot }) {
  return (
    <>
      {frozen && (
        <Notice title="Frozen: nothing is paid">
          <bdi>{frozen.reason}</bdi>
          <small>{`By ${frozen.by}, ${minuteText(frozen.sinceMs)} UTC`}</small>
        </Notice>
      )}
      {restored !== null && (
        <Notice title="Restored from a backup: nothing is paid">
          <bdi>{restored}</bdi>
          <small>bursar reconcile compares the ledger with the chain, and payments go on.</small>
        </Notice>
      )}
      {local.length > 0 && (
        <p class="empty">
          {`${local.join(' and ')}: read at an endpoint on this machine. What a local chain holds and settles is worth nothing.`}
        </p>
      )}
    </>
  )
}

function Notice({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <div class="banner">
      <strong>{title}</strong>
      <p>{children}</p>
    </div>
  )
}
