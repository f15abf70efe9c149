import { isDeepStrictEqual } from 'node:util'
import { parseUsdc } from '@bursar/core'
import { parsePolicy } from '../schema/parse-policy.js'
import { pathText } from '../schema/path-text.js'
import type { Policy } from '../schema/policy-schema.js'
import { policyOf } from './leaves.js'
import type { Setting } from './parse-setting.js'

/** Where values come from, the strongest first. */
export type PolicySource = 'flag' | 'environment' | 'file' | 'default'

/** What one source says. */
export interface PolicyLayer {
  readonly source: PolicySource
  /** The flag, the variable or the file. */
  readonly name: string
  /** The first of those that say the same holds. */
  readonly settings: readonly Setting[]
}

/** One value, as one source says it. */
export interface SourcedValue {
  readonly value: unknown
  readonly source: PolicySource
  readonly name: string
}

/** A value that holds, and what other sources say. */
export interface MergedValue extends SourcedValue {
  /** As {@link parseSetting} takes it. */
  readonly key: string
  /** What else was said, by the strongest first. */
  readonly others: readonly SourcedValue[]
}

/** What several sources say together. */
export interface MergedPolicy {
  readonly policy: Policy
  readonly values: readonly MergedValue[]
}

/**
 * Puts together what several sources say. Of a limit the lowest holds, whoever sets it; of everything else, what the strongest
 * source says.
 *
 * @param layers the strongest first.
 * @throws {TypeError} when what they say together is no policy.
 */
export function mergePolicies(layers: readonly PolicyLayer[]): MergedPolicy {
  const byPath = new Map<string, SourcedSetting[]>()
  for (const { source, name, settings } of layers)
    for (const setting of settings) {
      const key = pathText(setting.path)
      byPath.set(key, [...(byPath.get(key) ?? []), { ...setting, source, name }])
    }
  const merged = [...byPath].map(([key, all]) => ({ key, all, holds: strongest(all) }))
  return {
    policy: parsePolicy(policyOf(merged.flatMap(({ holds }) => holds ?? []))),
    values: merged.flatMap(({ key, all, holds }) => (holds ? [mergedValue(key, all, holds)] : []))
  }
}

interface SourcedSetting extends Setting, SourcedValue {}

function strongest(all: readonly SourcedSetting[]): SourcedSetting | undefined {
  const [first, ...others] = all
  if (first?.path[0] !== 'limits') return first
  return others.reduce((lowest, each) => (atomic(each) < atomic(lowest) ? each : lowest), first)
}

function atomic({ value }: SourcedSetting): bigint {
  return parseUsdc(String(value))
}

function mergedValue(key: string, all: readonly SourcedSetting[], holds: SourcedSetting): MergedValue {
  const plain = ({ value, source, name }: SourcedSetting): SourcedValue => ({ value, source, name })
  return {
    key,
    ...plain(holds),
    others: all.filter(({ value }) => !isDeepStrictEqual(value, holds.value)).map(plain)
  }
}
