import { atomicUsdc, formatUsdc } from '@bursar/core'
import type { Io } from '../io.js'
import { table } from '../table.js'

/** Lists what Katana sells, with the prices of this version's snapshot. */
export async function models(
  io: Io,
  filter: string | undefined,
  { json }: { readonly json?: boolean }
): Promise<void> {
  const { katanaCatalogue } = await import('@bursar/generation/katana')
  const { images, videos, texts, atomicUsdPerTenth } = katanaCatalogue
  const usd = (tenths: bigint): string => formatUsdc(atomicUsdc(tenths * atomicUsdPerTenth))
  const rows = [
    ...images.map(({ name, costTenths }) => [name, 'image', costTenths ? `${usd(costTenths)} USD` : '']),
    ...videos.map(({ name, costsTenths }) => {
      const [shortest] = costsTenths
      return [name, 'video', shortest ? `${usd(shortest[1])} USD for ${shortest[0]} s` : '']
    }),
    ...texts.map(({ name, costsTenths: each }) => [
      name,
      'text',
      each ? `${usd(each.input)} in, ${usd(each.output)} out, USD a million` : ''
    ])
  ].filter(([name, kind]) => filter === undefined || `${kind} ${name}`.includes(filter))
  if (json) return io.out(`${JSON.stringify(rows.map(([name, kind, price]) => ({ name, kind, price })))}\n`)
  io.out(rows.length === 0 ? 'There is none.\n' : table(rows))
}
