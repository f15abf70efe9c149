import { scaleLinear } from 'd3-scale'
import type { Share } from '../snapshot/snapshot.js'
import { counted, decimalsOf, money, sum } from './format.js'
import { ShareLine } from './share-line.js'

/** How many bars are drawn; the rest is one line. */
const MAX_BARS = 6

/** What each of a kind cost, as a table with a bar in each row. */
export function ShareBars({
  title,
  shares,
  unnamed
}: {
  readonly title: string
  readonly shares: readonly Share[]
  /** What stands for purchases without a name of this kind. */
  readonly unnamed: string
}) {
  const shown = shares.slice(0, MAX_BARS)
  const rest = shares.slice(MAX_BARS)
  const decimals = decimalsOf(shares.map(({ amount }) => amount))
  const x = scaleLinear()
    .domain([0, Math.max(...shown.map(({ amount }) => Number(amount)), 0)])
    .range([0, 1])
  return (
    <section class="panel">
      <h3>{title}</h3>
      {shown.length === 0 && <p class="empty">Nothing was spent in this time.</p>}
      {shown.length > 0 && (
        <table class="bars">
          <caption class="unseen">{`${title}, in USD`}</caption>
          <tbody>
            {shown.map(({ name, amount }) => (
              <tr key={name}>
                <th scope="row" class={name === '' ? 'name quiet' : 'name'}>
                  <bdi>{name || unnamed}</bdi>
                </th>
                <td class="amount">{money(amount, decimals)}</td>
                <td class="line" aria-hidden="true">
                  <ShareLine share={x(Number(amount))} />
                </td>
              </tr>
            ))}
            {rest.length > 0 && (
              <tr>
                <th scope="row" class="name quiet">{`${counted(rest.length, 'other')}`}</th>
                <td class="amount">{money(sum(rest.map(({ amount }) => amount)), decimals)}</td>
                <td class="line" />
              </tr>
            )}
          </tbody>
        </table>
      )}
    </section>
  )
}
