import { checkObject, checkOptions, type OptionChecks, type Purchase } from '@bursar/core'
import type { BursarEventType, BursarListener } from '@bursar/fetch'
import { type MeterProvider, metrics, type TracerProvider, trace } from '@opentelemetry/api'
import { CallSpans } from './call-spans.js'
import { SpendMetrics } from './spend-metrics.js'

/** What is instrumented: a bursar. */
export interface InstrumentedBursar {
  on(type: BursarEventType | '*', listener: BursarListener): () => void
  outstanding(): Promise<readonly Purchase[]>
}

/** Where spans and metrics go. */
export interface InstrumentOptions {
  /** Default: the one that the program has registered. @example { tracerProvider: new BasicTracerProvider() } */
  readonly tracerProvider?: TracerProvider | undefined
  /** Default: the one that the program has registered. @example { meterProvider: new MeterProvider() } */
  readonly meterProvider?: MeterProvider | undefined
}

const instrumentChecks: OptionChecks<InstrumentOptions> = {
  tracerProvider: checkObject,
  meterProvider: checkObject
}

const NAME = '@bursar/otel'

/**
 * Makes spans and metrics of what a bursar pays. The span of a call is a child of the span that is active where the call is made.
 *
 * @returns a function that stops it.
 * @example
 * ```ts
 * const stop = instrument(bursar)
 * ```
 * @throws {TypeError} when an option is unknown or malformed.
 */
export function instrument(bursar: InstrumentedBursar, options: InstrumentOptions = {}): () => void {
  checkOptions(options, instrumentChecks, 'instrument')
  const { tracerProvider = trace, meterProvider = metrics } = options
  const spend = new SpendMetrics(meterProvider.getMeter(NAME), () => bursar.outstanding())
  const spans = new CallSpans(tracerProvider.getTracer(NAME), (event, ended) => spend.noteEnd(event, ended))
  const stop = bursar.on('*', (event) => {
    spend.note(event)
    spans.note(event)
  })
  return () => {
    stop()
    spend.close()
    spans.close(Date.now())
  }
}
