import { type Catalogue, createKatanaClient, katanaCatalogue } from '@bursar/generation/katana'
import { serviceEndpoint } from '../accounts/service-endpoint.js'
import type { CommandContext } from '../context.js'
import type { Model } from '../models/model.js'
import { modelJson } from '../models/model-json.js'
import { modelText } from '../models/model-text.js'
import { priceCell, priceHeader } from '../models/price-text.js'
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
  const found = isNamed ? named : all.filter(matcherOf(filter))
  if (options.json)
    return context.out(`${JSON.stringify({ models: found.map((model) => modelJson(model, catalogue)) })}\n`)
  if (isNamed)
    return context.out(found.map((model) => modelText(context, modelJson(model, catalogue))).join('\n'))
  if (found.length === 0) return context.out('No model matches.\n')
  const tables = kinds
    .map((kind) => found.filter(({ type }) => type === kind))
    .filter(({ length }) => length > 0)
    .map((each) => table(context, modelColumns(each[0]?.type, rate), each))
  context.out(tables.join('\n'))
}

/** A kind is that kind alone, though its word may be part of a name, as that of texts is of `flux-kontext-pro`. */
function matcherOf(filter = ''): (model: Model) => boolean {
  if (kinds.includes(filter)) return ({ type }) => type === filter
  return ({ name, type }) => `${type} ${name}`.includes(filter)
}

const kinds: readonly string[] = ['image', 'video', 'text']

function modelColumns(kind: Model['type'] | undefined, rate: bigint): readonly Column<Model>[] {
  return [
    { header: 'Model', cell: ({ name }) => name },
    { header: 'Kind', cell: ({ type }) => type, leaveOut: 2 },
    { header: priceHeader(kind), cell: (model) => priceCell(model, rate) },
    { header: 'Takes', cell: takesText, shrink: { order: 1, min: 18 }, leaveOut: 1 }
  ]
}

/** Text models are shown to those who have a key. */
async function liveCatalogue({ env }: CommandContext, { url }: ModelsVerbOptions): Promise<Catalogue> {
  const { KATANA_API_KEY: apiKey } = env
  const options = { ...serviceEndpoint(env, 'katana', url), ...(apiKey ? { apiKey } : {}) }
  return checkUsage(() => createKatanaClient(options)).models.list()
}
