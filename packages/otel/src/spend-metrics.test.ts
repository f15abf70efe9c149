import type { Purchase } from '@bursar/core'
import { createNoopMeter } from '@opentelemetry/api'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader
} from '@opentelemetry/sdk-metrics'
import { expect, it, onTestFinished } from 'vitest'
import { hostAttributes } from './attributes.js'
import { SpendMetrics } from './spend-metrics.js'

/** A purchase, as far as it is counted here. */
function purchaseOn(network: string): Purchase {
  return { offer: { network, amountAtomic: 1n, cost: 1n } } as never
}

/** What is measured of the payments that could still settle. */
async function outstanding(read: () => Promise<readonly Purchase[]>) {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })
  const provider = new MeterProvider({ readers: [reader] })
  const metrics = new SpendMetrics(provider.getMeter('bursar'), read)
  onTestFinished(() => provider.shutdown())
  await reader.forceFlush()
  metrics.close()
  const all = exporter
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((each) => each.metrics))
  const found = all.find(({ descriptor }) => descriptor.name === 'bursar.outstanding')
  return found?.dataPoints.map(({ attributes, value }) => [attributes['bursar.network'], value]) ?? []
}

it('counts what is outstanding by network, says 0 where nothing is, and nothing where the record cannot be read', async () => {
  const [base, polygon] = ['eip155:8453', 'eip155:137']
  const three = [base, polygon, base].map(purchaseOn)
  expect(await outstanding(async () => three)).toEqual([
    [base, 2],
    [polygon, 1]
  ])
  expect(await outstanding(async () => [])).toEqual([[undefined, 0]])
  expect(await outstanding(() => Promise.reject(new Error('locked')))).toEqual([])
})

it('names a host with its port, and the host that led to it', () => {
  expect(hostAttributes({ host: 'shop.example' })).toEqual({ 'server.address': 'shop.example' })
  expect(hostAttributes({ host: 'shop.example:8443', requestedHost: 'old.example' })).toEqual({
    'server.address': 'shop.example',
    'server.port': 8443,
    'bursar.requested_host': 'old.example'
  })
})

it('counts what is a number alone: one that is none would be the sum of all', () => {
  const added: number[] = []
  const counter = { add: (value: number) => void added.push(value) }
  const gauge = { addCallback() {}, removeCallback() {} }
  const meter = {
    ...createNoopMeter(),
    createCounter: () => counter,
    createHistogram: () => ({ record() {} }),
    createObservableGauge: () => gauge
  }
  const metrics = new SpendMetrics(meter, async () => [])
  const settled = { type: 'settled', atMs: 1, network: 'eip155:8453', symbol: 'USDC' } as const
  metrics.note({ ...settled, purchase: 'one', amount: '0.05' })
  metrics.note({ ...settled, purchase: 'two' })
  expect(added).toEqual([0.05])
})
