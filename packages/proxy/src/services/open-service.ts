import { type Clock, partsOf } from '@bursar/core'
import { relayDownloads } from '@bursar/generation/carriers'
import type { Job } from '@bursar/generation/katana'
import { createModelNames } from '@bursar/translation'
import type { Bursar } from 'bursar'
import { createKatana } from 'bursar/katana'
import { createVenice } from 'bursar/venice'
import type { KatanaPayer } from './katana-payer.js'
import { katanaService } from './katana-service.js'
import { assertOwnJob } from './own-job.js'
import type { ProxyService } from './proxy-service.js'
import { relayApis } from './relay-apis.js'
import { type AnyRelay, relayService } from './relay-service.js'
import type { ProxyServiceOptions, RelayServiceOptions } from './service-options.js'
import { upstreamService } from './upstream-service.js'
import { veniceService } from './venice-service.js'
import { withModelNames } from './with-model-names.js'

/** Opens a service for an agent. @throws {TypeError} when an option is malformed. */
export function openService(
  bursar: Bursar,
  { service: options, models, clock, onImages }: OpenedService,
  agent: string
): ProxyService {
  const tell = onImages && ((job: Job) => onImages(agent, job))
  const service = openNamed(bursar, options, { agent, onImages: tell })
  const known = 'prices' in options ? Object.keys(options.prices ?? {}) : []
  const read = () => service.models()
  return withModelNames(
    service,
    createModelNames({ read, known, clock, ...(models ? { mapped: models } : {}) })
  )
}

/** Which service is opened, and how its models are named. */
export interface OpenedService {
  readonly service: ProxyServiceOptions
  /** The service's names of models by those that clients ask for. */
  readonly models: Readonly<Record<string, string>> | undefined
  readonly clock: Clock
  /** Told of each job of an agent whose images are made. */
  readonly onImages?: ((agent: string, job: Job) => unknown) | undefined
}

function openNamed(
  bursar: Bursar,
  options: ProxyServiceOptions,
  { agent, onImages }: Pick<KatanaPayer, 'agent' | 'onImages'>
): ProxyService {
  if (options.name === 'upstream') return upstreamService(bursar, options.baseUrl)
  if (options.name === 'venice')
    return veniceService(createVenice(bursar, { baseUrl: options.baseUrl, topUp: options.topUp }))
  if (options.name !== 'katana') return openRelay(bursar, options, agent)
  const { baseUrl, topUp, network, billing: textBilling = 'auto' } = options
  const { ledger } = partsOf(bursar)
  const katana = createKatana(bursar, { baseUrl, topUp, network })
  const noteJob: KatanaPayer['noteJob'] = (note) => ledger.noteJob(note)
  return katanaService({ bursar, katana, textBilling, agent, onImages, noteJob })
}

function openRelay(
  bursar: Bursar,
  { name, apiKey, baseUrl, prices }: RelayServiceOptions,
  agent: string
): ProxyService {
  const { create, host, api, spoken, polled } = relayApis[name]
  const relay: AnyRelay = create(bursar, { apiKey, labels: { agent }, baseUrl, prices })
  const apiUrl = `${(baseUrl ?? host).replace(/\/+$/, '')}${api}`
  return relayService(relay, {
    apiUrl,
    spoken,
    polled,
    download: relayDownloads(new URL(apiUrl), { apiKey, fetch }),
    assertOwn: (job) => assertOwnJob(bursar, agent, { job, origin: apiUrl })
  })
}
