import { type Catalogue, createKatanaClient, katanaCatalogue } from '@bursar/generation/katana'
import { serviceEndpoint } from '../accounts/service-endpoint.js'
import type { CommandContext } from '../context.js'
import type { Model } from '../models/model.js'
import { modelJson } from '../models/model-json.js'
import { modelText } from '../models/model-text.js'
import { priceText } from '../models/price-text.js'
import { takesText } from '../models/takes-text.js'
import { type Column, table } from '../text/table.js'
import { checkUsage } from '../usage-error.js'

/** The options of `models`. */
export interface ModelsVerbOptions {
  /** Whether the service is asked, instead of what this version knows. */
  readonly live?: boolean
  readonly url?: string
  readonly json?: boolean
}

/** Lists what Katana sells: what each model costs, takes and gives. One model, by its name, is shown in full. */
export async function models(
  context: CommandContext,
  filter: string | undefined,
  options: ModelsVerbOptions
): Promise<void> {
  const catalogue = options.live ? await liveCatalogue(context, options) : katanaCatalogue
  const { images, videos, texts, atomicUsdPerTenth: rate } = catalogue
  const all: readonly Model[] = [...images, ...videos, ...texts]
  const named = all.filter(({ name }) => name === filter)
  const isNamed = named.length > 0
  const found = isNamed ? named : all.filter(({ name, type }) => `${type} ${name}`.includes(filter ?? ''))
  if (options.json)
    return context.out(`${JSON.stringify({ models: found.map((model) => modelJson(model, catalogue)) })}\n`)
  if (isNamed)
    return context.out(found.map((model) => modelText(context, modelJson(model, catalogue))).join('\n'))
  if (found.length === 0) return context.out('No model matches.\n')
  const kinds = ['image', 'video', 'text'].map((kind) => found.filter(({ type }) => type === kind))
  const tables = kinds
    .filter(({ length }) => length > 0)
    .map((each) => table(context, modelColumns(rate), each))
  context.out(tables.join('\n'))
}

function modelColumns(rate: bigint): readonly Column<Model>[] {
  return [
    { header: 'Model', cell: ({ name }) => name },
    { header: 'Kind', cell: ({ type }) => type, leaveOut: 1 },
    { header: 'Price', cell: (model) => priceText(model, rate), shrink: { order: 2, min: 20 } },
    { header: 'Takes', cell: takesText, shrink: { order: 1, min: 12 }, leaveOut: 2 }
  ]
}

/** Text models are shown to those who have a key. */
async function liveCatalogue({ env }: CommandContext, { url }: ModelsVerbOptions): Promise<Catalogue> {
  const { KATANA_API_KEY: apiKey } = env
  const options = { ...serviceEndpoint(env, 'katana', url), ...(apiKey ? { apiKey } : {}) }
  return checkUsage(() => createKatanaClient(options)).models.list()
}
