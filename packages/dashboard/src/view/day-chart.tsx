import { scaleBand, scaleLinear } from 'd3-scale'
import type { Share } from '../snapshot/snapshot.js'
import { AmountTable } from './amount-table.js'
import { dayLabel, money } from './format.js'

/** The chart is stretched to where it is shown: its units are none of a screen. */
const [WIDTH, HEIGHT] = [1000, 100]

/** What was spent on each day, as bars, and as a table for those who cannot see bars. */
export function DayChart({ days, title }: { readonly days: readonly Share[]; readonly title: string }) {
  const amounts = days.map(({ amount }) => Number(amount))
  const most = Math.max(...amounts, 0)
  if (most === 0) return <p class="empty">Nothing was spent in this time.</p>
  const y = scaleLinear().domain([0, most]).nice(2).range([0, HEIGHT])
  const x = scaleBand<number>().domain(days.keys()).range([0, WIDTH]).paddingInner(0.25)
  const top = y.domain()[1] ?? most
  const ticks = [top, top / 2, 0]
  return (
    <figure class="chart">
      <div class="plot">
        <div class="scale" aria-hidden="true">
          {ticks.map((tick) => (
            <span key={tick}>{tickText(tick)}</span>
          ))}
        </div>
        <svg
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={summaryOf(days, title)}
        >
          {ticks.map((tick) => (
            <line key={tick} class="grid" x1="0" x2={WIDTH} y1={HEIGHT - y(tick)} y2={HEIGHT - y(tick)} />
          ))}
          {days.map(({ name, amount }, index) => (
            <rect
              key={name}
              class="bar"
              x={x(index)}
              width={x.bandwidth()}
              y={HEIGHT - y(Number(amount))}
              height={y(Number(amount))}
            >
              <title>{`${dayLabel(name)}: ${money(amount)} USD`}</title>
            </rect>
          ))}
        </svg>
        <div class="dates" aria-hidden="true">
          {edgesOf(days).map(({ name }) => (
            <span key={name}>{dayLabel(name)}</span>
          ))}
        </div>
      </div>
      <AmountTable caption={title} heading="Day" shares={days.toReversed()} />
    </figure>
  )
}

/** The first day, one in the middle, and the last. */
function edgesOf(days: readonly Share[]): readonly Share[] {
  const at = [0, Math.floor((days.length - 1) / 2), days.length - 1]
  return [...new Set(at)].flatMap((index) => days[index] ?? [])
}

function summaryOf(days: readonly Share[], title: string): string {
  const highest = days.reduce((most, day) => (Number(day.amount) > Number(most.amount) ? day : most))
  return `${title}: ${days.length} days. The most was ${money(highest.amount)} USD on ${dayLabel(highest.name)}.`
}

/** Six decimals are a payment; a scale needs no more than its size shows. */
function tickText(value: number): string {
  return value === 0 ? '0' : String(Number(value.toPrecision(3)))
}
