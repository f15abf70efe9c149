import {
  checkHttpUrl,
  checkNetworkId,
  checkObject,
  checkObjectOrFunction,
  checkOptions,
  checkText,
  type OptionCheck,
  type OptionChecks,
  oneOf,
  recordOf,
  unchecked
} from '@bursar/core'
import type {
  KatanaServiceOptions,
  ProxyServiceOptions,
  RelayServiceOptions,
  UpstreamServiceOptions,
  VeniceServiceOptions
} from './service-options.js'

/** The names that a service can have. */
const names: readonly ProxyServiceOptions['name'][] = [
  'katana',
  'openclaw',
  'tokenhot',
  'tokenhub',
  'venice',
  'upstream'
]

const katanaChecks: OptionChecks<KatanaServiceOptions> = {
  name: unchecked,
  baseUrl: checkHttpUrl,
  billing: oneOf('auto', 'direct', 'wallet'),
  network: checkNetworkId,
  // The rule is looked at where it is read.
  topUp: checkObjectOrFunction
}

const relayChecks: OptionChecks<RelayServiceOptions> = {
  name: unchecked,
  apiKey: checkText,
  baseUrl: checkHttpUrl,
  prices: recordOf(checkObject)
}

const veniceChecks: OptionChecks<VeniceServiceOptions> = {
  name: unchecked,
  baseUrl: checkHttpUrl,
  topUp: checkObjectOrFunction
}

const upstreamChecks: OptionChecks<UpstreamServiceOptions> = { name: unchecked, baseUrl: checkHttpUrl }

const checkUpstream: OptionCheck = (value, path) => {
  checkOptions(value, upstreamChecks, path)
  const { baseUrl }: Partial<UpstreamServiceOptions> = Object(value)
  if (baseUrl === undefined) throw new TypeError(`${path}.baseUrl is required: where the upstream is`)
}

/** The service that the proxy pays for: which options there are depends on its name. */
export const checkService: OptionCheck = (value, path) => {
  const isObject = typeof value === 'object' && value !== null
  const name = isObject && 'name' in value ? value.name : undefined
  if (!names.some((each) => each === name)) {
    const list = names.map((each) => `'${each}'`).join(', ')
    throw new TypeError(`${path}: { name } is required, and name must be one of ${list}`)
  }
  if (name === 'katana') checkOptions(value, katanaChecks, path)
  else if (name === 'venice') checkOptions(value, veniceChecks, path)
  else if (name === 'upstream') checkUpstream(value, path)
  else checkOptions(value, relayChecks, path)
}
