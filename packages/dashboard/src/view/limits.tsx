import type { LimitRow, LimitRows } from '../snapshot/snapshot.js'
import { money } from './format.js'
import { ShareLine } from './share-line.js'

/** Each limit, and how much of it is left. */
export function Limits({
  limits: { rows, problem },
  isTest = false
}: {
  readonly limits: LimitRows
  readonly isTest?: boolean
}) {
  const id = isTest ? 'test-limits' : 'limits'
  const title = isTest ? 'Limits on test money' : 'Limits'
  return (
    <section class="panel" aria-labelledby={id}>
      {isTest ? <h3 id={id}>{title}</h3> : <h2 id={id}>{title}</h2>}
      {problem !== '' && <p class="problem">{problem}</p>}
      {problem === '' && rows.length === 0 && (
        <p class="empty">No limits are set for the command. Set them with bursar limits set day=5.00</p>
      )}
      {rows.length > 0 && (
        <table class="bars">
          <caption class="unseen">{`${title} in USD, and what is left of them`}</caption>
          <tbody>
            {rows.map((row) => (
              <Limit key={row.name} row={row} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function Limit({ row: { name, limit, left } }: { readonly row: LimitRow }) {
  const used = left === undefined ? 0 : 1 - Number(left) / Math.max(Number(limit), Number.MIN_VALUE)
  const isSpent = left !== undefined && Number(left) === 0
  return (
    <tr>
      <th scope="row" class="name">
        <bdi>{name}</bdi>
      </th>
      <td class="amount">
        {left === undefined ? `at most ${money(limit)}` : `${money(left)} left of ${money(limit)}`}
        {isSpent && <span class="tag bad">used up</span>}
      </td>
      <td class="line" aria-hidden="true">
        {left !== undefined && <ShareLine share={used} isHigh={used > 0.8} />}
      </td>
    </tr>
  )
}
