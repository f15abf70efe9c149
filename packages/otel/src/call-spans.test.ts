import type { BursarEvent } from '@bursar/fetch'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { expect, it } from 'vitest'
import { CallSpans } from './call-spans.js'

it('keeps a call that resumed the payment of another, though that one ends', () => {
  const exporter = new InMemorySpanExporter()
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
  const ended: number[] = []
  const spans = new CallSpans(provider.getTracer('test'), ({ atMs }) => ended.push(atMs))
  const note = (type: BursarEvent['type'], event: Partial<BursarEvent> = {}): void =>
    spans.note({ type, atMs: 1, host: 'a.example', ...event })
  note('challenged', { call: 1 })
  note('reserved', { call: 1, purchase: 'one' })
  note('challenged', { call: 2 })
  note('resumed', { call: 2, purchase: 'one' })
  note('error', { call: 1, atMs: 2, code: 'payment/outcome-unknown' })
  note('settled', { purchase: 'one', amount: '0.02' })
  note('answered', { purchase: 'one', atMs: 3, status: 200 })
  expect(ended).toEqual([2, 3])
})

it('keeps to the payment that a call ends with, where the server refused another price before', () => {
  const exporter = new InMemorySpanExporter()
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
  const spans = new CallSpans(provider.getTracer('test'), () => {})
  const note = (type: BursarEvent['type'], event: Partial<BursarEvent> = {}): void =>
    spans.note({ type, atMs: 1, host: 'a.example', ...event })
  note('challenged', { call: 1 })
  note('reserved', { call: 1, purchase: 'refused' })
  note('refused', { purchase: 'refused', status: 402 })
  note('reserved', { call: 1, purchase: 'paid', amount: '0.02' })
  note('settled', { purchase: 'paid', amount: '0.02' })
  // What became of the first is learned while the answer is read.
  note('dead', { purchase: 'refused', amount: '0.01' })
  note('answered', { purchase: 'paid', amount: '0.02', status: 200 })
  const [call] = exporter.getFinishedSpans().filter(({ name }) => name === 'bursar pay')
  expect(call?.attributes).toMatchObject({
    'bursar.purchase.id': 'paid',
    'bursar.purchase.state': 'settled',
    'bursar.money_state': 'settled'
  })
})
