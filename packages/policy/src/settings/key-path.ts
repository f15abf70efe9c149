import { nearestName } from '@bursar/core'
import { canonicalHost } from '@bursar/fetch'
import type * as z from 'zod'
import { fieldOf, nodeAt, nodeOf } from '../schema/node-of.js'
import { pathText } from '../schema/path-text.js'
import { policySchema } from '../schema/policy-schema.js'

/** The names that lead to a setting, from the outermost in. */
export type KeyPath = readonly string[]

/**
 * Reads the name of a setting: `limits.day`, `limits.hosts.kat.imgnai.com.payment`. A host's own dots belong to its name.
 *
 * @throws {TypeError} when there is no such setting.
 */
export function parseKey(key: string): KeyPath {
  return pathIn(policySchema, key, [])
}

/** The schema of one value. @throws {TypeError} when the path names a group of settings. */
export function leafAt(path: KeyPath): z.core.$ZodType {
  const node = nodeAt(policySchema, path)
  if (node?.kind === 'leaf') return node.schema
  const names = node?.kind === 'object' ? Object.keys(node.fields) : ['a name of yours']
  throw new TypeError(`${pathText(path)} is a group of settings: say which, ${names.join(', ')}`)
}

function pathIn(schema: z.core.$ZodType, rest: string, before: KeyPath): KeyPath {
  if (rest === '') return before
  const node = nodeOf(schema)
  if (node.kind === 'leaf') throw new TypeError(`${pathText(before)} is one value, and has no ${rest}`)
  if (node.kind === 'record') return entryPath(node.value, rest, before)
  const [, name = rest, within = ''] = /^([^.]*)(?:\.(.*))?$/s.exec(rest) ?? []
  const field = fieldOf(node.fields, name)
  if (field === undefined || name === '$schema') throw unknownKey(Object.keys(node.fields), name, before)
  return pathIn(field, within, [...before, name])
}

/** A name that the user chose, and perhaps what is set for it. */
function entryPath(value: z.core.$ZodType, rest: string, before: KeyPath): KeyPath {
  const node = nodeOf(value)
  const dot = rest.lastIndexOf('.')
  const last = rest.slice(dot + 1)
  const hasField = dot > 0 && node.kind === 'object' && fieldOf(node.fields, last) !== undefined
  if (hasField) return [...before, canonicalName(before, rest.slice(0, dot)), last]
  return [...before, canonicalName(before, rest)]
}

/** One host has one name, however it is spelt. */
export function canonicalName([group, within]: KeyPath, name: string): string {
  return group === 'limits' && within === 'hosts' ? canonicalHost(name) : name
}

function unknownKey(names: readonly string[], name: string, before: KeyPath): TypeError {
  const known = names.filter((each) => each !== '$schema')
  const nearest = nearestName(name.slice(0, 80), known)
  const help =
    nearest === undefined
      ? `There are ${known.join(', ')}`
      : `Did you mean ${pathText([...before, nearest])}?`
  return new TypeError(`There is no setting "${pathText([...before, name.slice(0, 80)])}". ${help}`)
}
