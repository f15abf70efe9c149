import { context, SpanStatusCode, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader
} from '@opentelemetry/sdk-metrics'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { paying, rejection } from '../../fetch/test/paying.js'
import { payable, serve } from '../../fetch/test/scripted-server.js'
import { type InstrumentOptions, instrument } from './instrument.js'

beforeAll(() => void context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable()))
afterAll(() => context.disable())

/** The official SDK, which keeps what it is given. */
function newTelemetry() {
  const spans = new InMemorySpanExporter()
  const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] })
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })
  const meterProvider = new MeterProvider({ readers: [reader] })
  onTestFinished(async () => {
    await meterProvider.shutdown()
    await tracerProvider.shutdown()
  })
  /** Every point of a metric, as its attributes and its value. */
  const points = async (name: string) => {
    exporter.reset()
    await reader.forceFlush()
    const metrics = exporter
      .getMetrics()
      .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((each) => each.metrics))
    const found = metrics.find(({ descriptor }) => descriptor.name === name)
    return found?.dataPoints.map(({ attributes, value }) => ({ attributes, value })) ?? []
  }
  return { spans, tracerProvider, meterProvider, points }
}

function instrumented(...options: Parameters<typeof paying>) {
  const telemetry = newTelemetry()
  const { bursar, events, payer } = paying(...options)
  const { tracerProvider, meterProvider } = telemetry
  const stop = instrument(bursar, { tracerProvider, meterProvider })
  return { bursar, events, payer, stop, ...telemetry }
}

it('makes a span of a paid call, a child of the caller’s, with a span for each step', async () => {
  const { url } = await serve(payable)
  const { bursar, spans, tracerProvider } = instrumented()
  const tracer = tracerProvider.getTracer('the program')
  await tracer.startActiveSpan('an agent', async (agent) => {
    await (
      await bursar.fetch(`${url}/report?token=hidden-word`, { headers: { 'x-key': 'hidden-word' } })
    ).text()
    agent.end()
  })
  const finished = spans.getFinishedSpans()
  const [call, agent] = ['bursar pay', 'an agent'].map((name) => finished.find((span) => span.name === name))
  expect(call?.parentSpanContext?.spanId).toBe(agent?.spanContext().spanId)
  const steps = finished.filter((span) => span.parentSpanContext?.spanId === call?.spanContext().spanId)
  expect(steps.map(({ name }) => name)).toEqual([
    'bursar discover',
    'bursar reserve',
    'bursar sign',
    'bursar send'
  ])
  expect(call?.attributes).toMatchObject({
    'server.address': '127.0.0.1',
    'server.port': Number(new URL(url).port),
    'bursar.purchase.id': expect.any(String),
    'bursar.purchase.state': 'settled',
    'bursar.network': 'eip155:8453',
    'bursar.asset': 'USDC',
    'bursar.amount': '0.01',
    'bursar.money_state': 'settled',
    'http.response.status_code': 200
  })
  expect(call?.status.code).toBe(SpanStatusCode.UNSET)
  const written = JSON.stringify(
    finished.map(({ name, attributes, events }) => ({ name, attributes, events }))
  )
  expect(written).not.toMatch(/hidden-word|signature|report/)
})

it('marks the span of a call that a limit refuses, and counts it', async () => {
  const { url } = await serve(payable)
  const { bursar, spans, points } = instrumented({ limits: { payment: '0.001' } })
  await rejection(bursar.fetch(url))
  const [call] = spans.getFinishedSpans().filter(({ name }) => name === 'bursar pay')
  expect(call?.status.code).toBe(SpanStatusCode.ERROR)
  const told = { 'error.type': 'offer/over-limit', 'bursar.money_state': 'none' }
  expect(call?.attributes).toMatchObject(told)
  expect(await points('bursar.errors')).toEqual([{ attributes: expect.objectContaining(told), value: 1 }])
  expect(await points('bursar.spend')).toEqual([])
})

it('counts what settles once, by host, network and asset, how long it took, and what is out', async () => {
  const { url } = await serve(payable)
  const { bursar, points } = instrumented()
  for (const _ of [1, 2]) await (await bursar.fetch(url)).text()
  const host = { 'server.address': '127.0.0.1', 'server.port': Number(new URL(url).port) }
  expect(await points('bursar.spend')).toEqual([
    { attributes: { ...host, 'bursar.asset': 'USDC', 'bursar.network': 'eip155:8453' }, value: 0.02 }
  ])
  expect(await points('bursar.call.duration')).toEqual([
    { attributes: host, value: expect.objectContaining({ count: 2 }) }
  ])
  expect(await points('bursar.outstanding')).toEqual([{ attributes: {}, value: 0 }])
})

it('counts a balance that falls too low once, and makes no span of it', async () => {
  const { url } = await serve(payable)
  const { bursar, payer, spans, points } = instrumented({
    ...{ lowBalance: { wallet: '1' }, checkBalance: 'always' }
  })
  payer.held.set('eip155:8453', 500_000n)
  for (const _ of [1, 2]) await (await bursar.fetch(url)).text()
  const low = async () => points('bursar.balance.low')
  await expect.poll(low, { timeout: 30_000 }).toEqual([
    {
      attributes: {
        'bursar.account': payer.account,
        'bursar.asset': 'USDC',
        'bursar.network': 'eip155:8453'
      },
      value: 1
    }
  ])
  expect(spans.getFinishedSpans().filter(({ name }) => name === 'bursar pay')).toHaveLength(2)
})

it('makes no span of a call that costs nothing, and none after it is stopped', async () => {
  const free = await serve((_, response) => void response.end('free'))
  const { url } = await serve(payable)
  const { bursar, spans, stop } = instrumented()
  await (await bursar.fetch(free.url)).text()
  expect(spans.getFinishedSpans()).toEqual([])
  stop()
  await (await bursar.fetch(url)).text()
  expect(spans.getFinishedSpans()).toEqual([])
})

it('keeps calls at the same time apart, and shows when an answer was lost', async () => {
  let isFirst = true
  const { url } = await serve((arrival, response, index) => {
    if (arrival.payment === undefined || arrival.path !== '/lost' || !isFirst)
      return payable(arrival, response, index)
    isFirst = false
    response.destroy()
  })
  const { bursar, spans } = instrumented()
  await Promise.all(['/a', '/lost'].map(async (path) => (await bursar.fetch(url + path)).text()))
  const finished = spans.getFinishedSpans()
  const calls = finished.filter(({ name }) => name === 'bursar pay')
  const stepsOf = calls.map((call) =>
    finished.filter((span) => span.parentSpanContext?.spanId === call.spanContext().spanId)
  )
  const names = stepsOf.map((steps) => steps.map(({ name }) => name.replace('bursar ', '')).join(' '))
  expect(names.sort()).toEqual(['discover reserve sign send', 'discover reserve sign send look send'])
  expect(new Set(calls.map(({ attributes }) => attributes['bursar.purchase.id'])).size).toBe(2)
})

it('takes the providers that the program has registered, and refuses what is no option', async () => {
  const { url } = await serve(payable)
  const { spans, tracerProvider } = newTelemetry()
  trace.setGlobalTracerProvider(tracerProvider)
  onTestFinished(() => trace.disable())
  const { bursar } = paying()
  instrument(bursar)
  await (await bursar.fetch(url)).text()
  expect(spans.getFinishedSpans().map(({ name }) => name)).toContain('bursar pay')
  expect(() => instrument(bursar, { tracer: {} } as InstrumentOptions)).toThrow(/instrument\.tracer is not/)
})
