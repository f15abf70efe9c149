import { replaceFile } from '@bursar/core/files'
import { canonicalHost } from '@bursar/fetch'
import type { Document } from 'yaml'
import { isThere, isYaml, type PolicyPlace } from './file/locate-policy.js'
import { parseText, parseYaml } from './file/parse-text.js'
import { policyError, unchangedError } from './file/policy-error.js'
import { readText } from './file/read-text.js'
import { withLock } from './file/with-lock.js'
import { yaml } from './file/yaml.js'
import { parsePolicy } from './schema/parse-policy.js'
import type { Policy } from './schema/policy-schema.js'
import type { KeyPath } from './settings/key-path.js'
import type { Setting } from './settings/parse-setting.js'

/** What is changed in a policy. */
export interface PolicyChange {
  readonly set?: readonly Setting[] | undefined
  /** Settings, or groups of them, that are removed. */
  readonly unset?: readonly KeyPath[] | undefined
  /** Called with each of them that is not set. @example { notSet: (key) => console.error(key.join('.')) } */
  notSet?(key: KeyPath): void
}

/**
 * Changes the file of a policy, and makes it where there is none. What others change at the same moment is kept, and so are the
 * comments of YAML. A change after which the file would hold no policy is not written, nor is one that changes nothing.
 *
 * @returns the policy as it is now.
 * @throws {BursarError} `policy/unreadable`
 */
export async function changePolicy({ path, isNamed }: PolicyPlace, change: PolicyChange): Promise<Policy> {
  return withLock(
    path,
    () => changeFile({ path, isNamed }, change),
    (reason, cause) => unchangedError(path, reason, cause)
  )
}

async function changeFile(
  { path, isNamed }: PolicyPlace,
  { set = [], unset = [], notSet }: PolicyChange
): Promise<Policy> {
  if (isNamed && !isThere(path)) throw policyError(path, 'there is no such file')
  const document = isThere(path) ? readDocument(path) : new (yaml().Document)({})
  for (const { path: key, value } of set) setIn(document, key, value)
  const absent = unset.filter((key) => !document.hasIn(spelling(document, key)))
  for (const key of absent) notSet?.(key)
  if (set.length === 0 && absent.length === unset.length) return parsePolicy(document.toJS())
  for (const key of unset) unsetIn(document, key)
  const text = isYaml(path) ? String(document) : `${JSON.stringify(document.toJS(), undefined, 2)}\n`
  const policy = parseText(text, path)
  await replaceFile(path, text)
  return policy
}

function readDocument(path: string): Document {
  const text = readText(path)
  parseText(text, path)
  // Every JSON text is YAML.
  return parseYaml(text)
}

/** A host may stand in the file in another spelling, which is the same host. */
function setIn(document: Document, key: KeyPath, value: unknown): void {
  document.setIn(spelling(document, key), document.createNode(value))
}

/** Removes a setting, and the groups that are empty then. */
function unsetIn(document: Document, key: KeyPath): void {
  const spelt = spelling(document, key)
  if (!document.hasIn(spelt)) return
  document.deleteIn(spelt)
  for (let length = key.length - 1; length > 0; length--) {
    const group: unknown = document.getIn(key.slice(0, length))
    if (!yaml().isMap(group) || group.items.length > 0) return
    document.deleteIn(key.slice(0, length))
  }
}

function spelling(document: Document, key: KeyPath): KeyPath {
  const [limits, hosts, name, ...rest] = key
  if (limits !== 'limits' || hosts !== 'hosts' || name === undefined) return key
  const named: unknown = document.getIn([limits, hosts])
  const names = yaml().isMap(named) ? named.items.map((pair) => String(pair.key)) : []
  return [limits, hosts, names.find((each) => canonicalHost(each) === name) ?? name, ...rest]
}
