import { atomicUsdc, formatUsdc } from '@bursar/core'
import { type Catalogue, katanaCatalogue } from '@bursar/generation/katana'
import type { CommandContext } from '../context.js'
import { table } from '../text/table.js'

type ModelRow = readonly [name: string, kind: string, price: string]

/** Lists what Katana sells, with the prices that this version of Bursar knows. */
export function models(
  context: CommandContext,
  filter: string | undefined,
  { json }: { readonly json?: boolean }
): void {
  const rows = rowsOf(katanaCatalogue).filter(
    ([name, kind]) => filter === undefined || `${kind} ${name}`.includes(filter)
  )
  const text = rows.length === 0 ? 'No model matches.\n' : table(rows, context.columns)
  context.out(json ? `${JSON.stringify(rows.map(rowJson))}\n` : text)
}

function rowJson([name, kind, price]: ModelRow) {
  return { name, kind, price }
}

function rowsOf({ images, videos, texts, atomicUsdPerTenth }: Catalogue): readonly ModelRow[] {
  const usd = (tenths: bigint): string => formatUsdc(atomicUsdc(tenths * atomicUsdPerTenth))
  return [
    ...images.map(({ name, costTenths }) => rowOf(name, 'image', costTenths && `${usd(costTenths)} USD`)),
    ...videos.map(({ name, costsTenths: [shortest] }) =>
      rowOf(name, 'video', shortest && `${usd(shortest[1])} USD for ${shortest[0]} s`)
    ),
    ...texts.map(({ name, costsTenths: cost }) =>
      rowOf(name, 'text', cost && `${usd(cost.input)} in, ${usd(cost.output)} out, USD a million`)
    )
  ]
}

function rowOf(name: string, kind: string, price: string | 0n | undefined): ModelRow {
  return [name, kind, price || '']
}
