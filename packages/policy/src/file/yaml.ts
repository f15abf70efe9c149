import { createRequire } from 'node:module'
import type * as Yaml from 'yaml'

const load = createRequire(import.meta.url)

/** The library for YAML. It is loaded only where a policy is read that may be YAML, or changed: it takes 40 ms. */
export function yaml(): typeof Yaml {
  return load('yaml')
}
