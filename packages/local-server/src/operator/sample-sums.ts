import type { Sample, SampleLabels } from './prometheus-text.js'

/** More sets of labels than a server that is used as it should be has. What comes beyond them is not counted. */
const MAX_SETS = 1_000

/** Numbers that only grow, each under its labels. */
export class SampleSums {
  readonly #sums = new Map<string, { readonly labels: SampleLabels; value: number }>()
  readonly #maxSets: number

  constructor(maxSets = MAX_SETS) {
    this.#maxSets = maxSets
  }

  add(labels: SampleLabels, value = 1): void {
    const key = JSON.stringify(labels)
    const sum = this.#sums.get(key)
    if (sum) sum.value += value
    else if (this.#sums.size < this.#maxSets) this.#sums.set(key, { labels, value })
  }

  get samples(): readonly Sample[] {
    return [...this.#sums.values()]
  }
}

/** Seconds. A model that thinks, or a video, takes minutes. */
const BOUNDS = [0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600]

/** How long something took, by its labels, as a histogram of Prometheus. */
export class Durations {
  /** Each set of labels has a bucket for each bound, and one beyond. */
  readonly #buckets = new SampleSums(MAX_SETS * (BOUNDS.length + 1))
  readonly #sums = new SampleSums()
  readonly #counts = new SampleSums()

  add(labels: SampleLabels, seconds: number): void {
    for (const bound of BOUNDS) this.#buckets.add({ ...labels, le: String(bound) }, seconds <= bound ? 1 : 0)
    this.#buckets.add({ ...labels, le: '+Inf' })
    this.#sums.add(labels, seconds)
    this.#counts.add(labels)
  }

  get samples(): readonly Sample[] {
    return [
      ...withSuffix(this.#buckets, '_bucket'),
      ...withSuffix(this.#sums, '_sum'),
      ...withSuffix(this.#counts, '_count')
    ]
  }
}

function withSuffix({ samples }: SampleSums, suffix: string): readonly Sample[] {
  return samples.map((sample) => ({ ...sample, suffix }))
}
