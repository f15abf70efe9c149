import type { Share } from '../snapshot/snapshot.js'
import { decimalsOf, money } from './format.js'

/** The numbers behind a chart, folded away. */
export function AmountTable({
  caption,
  heading,
  shares
}: {
  readonly caption: string
  readonly heading: string
  readonly shares: readonly Share[]
}) {
  const decimals = decimalsOf(shares.map(({ amount }) => amount))
  return (
    <details class="numbers">
      <summary>As a table</summary>
      <table>
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{heading}</th>
            <th scope="col" class="amount">
              USD
            </th>
          </tr>
        </thead>
        <tbody>
          {shares.map(({ name, amount }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td class="amount">{money(amount, decimals)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
