import type * as z from 'zod'
import { fieldOf, nodeOf } from '../schema/node-of.js'
import { type Policy, policySchema } from '../schema/policy-schema.js'
import { canonicalName, type KeyPath } from './key-path.js'
import type { Setting } from './parse-setting.js'

/** Every value of a policy by its path, in the order of the schema. */
export function leavesOf(policy: Policy): readonly Setting[] {
  return leavesIn(policySchema, policy, []).filter(({ path }) => path[0] !== '$schema')
}

function leavesIn(schema: z.core.$ZodType, value: unknown, path: KeyPath): readonly Setting[] {
  if (value === undefined) return []
  const node = nodeOf(schema)
  if (node.kind === 'leaf') return [{ path, value }]
  const entries = Object.entries(value ?? {})
  if (node.kind === 'record')
    return entries.flatMap(([name, each]) => leavesIn(node.value, each, [...path, canonicalName(path, name)]))
  const given = new Map<string, unknown>(entries)
  return Object.keys(node.fields).flatMap((name) => {
    const field = fieldOf(node.fields, name)
    return field ? leavesIn(field, given.get(name), [...path, name]) : []
  })
}

/** Builds the policy of some values. */
export function policyOf(settings: readonly Setting[]): unknown {
  const root = newGroup()
  for (const { path, value } of settings) setIn(root, path, value)
  return root
}

/** Without a prototype: a setting named `__proto__` would become that, and the limit that it holds would be gone. */
function newGroup(given: unknown = {}): Record<string, unknown> {
  return Object.assign(Object.create(null), given)
}

function setIn(group: Record<string, unknown>, [name = '', ...rest]: KeyPath, value: unknown): void {
  if (rest.length === 0) {
    group[name] = value
    return
  }
  const within = newGroup(group[name])
  setIn(within, rest, value)
  group[name] = within
}
