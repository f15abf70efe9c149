import type { BalanceRow, BalanceRows } from '../snapshot/snapshot.js'
import { money } from './format.js'

/** Wallets and prepaid balances. What could not be read is unknown, and never zero. */
export function Balances({
  balances,
  onRead
}: {
  /** Absent while they are read. */
  readonly balances: BalanceRows | undefined
  /** Reads them again. Absent in a report. */
  readonly onRead?: () => void
}) {
  return (
    <section class="panel" aria-labelledby="balances" aria-busy={balances === undefined}>
      <div class="head">
        <h2 id="balances">Balances</h2>
        {onRead && (
          <button type="button" class="plain" onClick={onRead} disabled={balances === undefined}>
            Read again
          </button>
        )}
      </div>
      {balances === undefined && <p class="empty">Asking the chains and the services …</p>}
      {balances !== undefined && balances.rows.length > 0 && <BalanceTable rows={balances.rows} />}
      {balances !== undefined && balances.note !== '' && <p class="empty">{balances.note}</p>}
    </section>
  )
}

function BalanceTable({ rows }: { readonly rows: readonly BalanceRow[] }) {
  return (
    <table class="rows">
      <caption class="unseen">Balances of wallets and prepaid balances at services</caption>
      <thead>
        <tr>
          <th scope="col">Where</th>
          <th scope="col">Account</th>
          <th scope="col" class="amount">
            Holds
          </th>
          <th scope="col">For fees</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Balance key={`${row.kind} ${row.name} ${row.place}`} row={row} />
        ))}
      </tbody>
    </table>
  )
}

function Balance({ row: { kind, name, place, amount, gas, problem, isTest } }: { readonly row: BalanceRow }) {
  return (
    <tr>
      <td class="what">
        {name}
        {kind === 'prepaid' && <small>prepaid balance</small>}
        {isTest && <span class="tag">test money</span>}
      </td>
      <td class="address">{place}</td>
      <td class="amount">
        {amount === undefined ? (
          <span class="state bad">unknown</span>
        ) : (
          <>
            {money(amount)} <span class="unit">USDC</span>
          </>
        )}
      </td>
      <td class="note">{problem ?? gas ?? ''}</td>
    </tr>
  )
}
