/** The table of networks and assets, which a page that meets no 402 never needs. */
export { knownAssets } from './network/known-assets.js'
export { networkName } from './network/network-name.js'
export { createRegistry } from './network/registry.js'
