import type { PurchaseRow } from '../snapshot/snapshot.js'
import { minuteText, money } from './format.js'

/** How a state is marked, beside its word. */
const tones: Readonly<Record<string, string>> = {
  settled: 'good',
  undelivered: 'bad',
  signed: 'open',
  sent: 'open',
  reserved: 'open',
  dead: 'over',
  released: 'over'
}

/** The word of a state, with a mark of its own shape, so that no state is told by colour alone. */
function StateMark({ state }: { readonly state: string }) {
  return <span class={`state ${tones[state] ?? 'over'}`}>{state}</span>
}

/** Purchases as a table, which is a list of cards on a narrow screen. */
export function PurchaseTable({
  caption,
  rows,
  hasAdvice = false
}: {
  readonly caption: string
  readonly rows: readonly PurchaseRow[]
  readonly hasAdvice?: boolean
}) {
  return (
    <table class="rows">
      <caption class="unseen">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">When (UTC)</th>
          <th scope="col">State</th>
          <th scope="col">For what</th>
          <th scope="col" class="amount">
            Amount
          </th>
          <th scope="col">{hasAdvice ? 'What to do' : 'Paid on'}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} row={row} hasAdvice={hasAdvice} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ row, hasAdvice }: { readonly row: PurchaseRow; readonly hasAdvice: boolean }) {
  const { id, atMs, state, amount, symbol, isTest, network, host, path, advice } = row
  return (
    <tr>
      <td class="when" title={`Purchase ${id}`}>
        {minuteText(atMs)}
      </td>
      <td>
        <StateMark state={state} />
        {isTest && <span class="tag">test money</span>}
      </td>
      <td class="what">
        <bdi>{`${host}${path}` || 'A transfer that no purchase made'}</bdi>
        <About row={row} />
      </td>
      <td class="amount">
        {money(amount)} <span class="unit">{symbol}</span>
      </td>
      <td class="note">{hasAdvice ? advice : network}</td>
    </tr>
  )
}

function About({ row: { model, agent } }: { readonly row: PurchaseRow }) {
  const about = [model, agent && `agent ${agent}`].filter(Boolean).join(', ')
  return about === '' ? null : <small>{about}</small>
}
