import { register } from 'node:module'
import { resources } from '../sellers/official-resources.mjs'
import { config } from '../sellers/serve.mjs'
import { sell, serveTools } from './serve-tools.mjs'

// mppx sells tools for x402 and its own protocol at once, on a peer that is not on npm.
const standIn = new URL('payment-wrapper.mjs', import.meta.url).href
const resolve = `export const resolve = (name, context, next) =>
  name === '@x402/mcp' ? { url: '${standIn}', shortCircuit: true } : next(name, context)`
register(`data:text/javascript,${encodeURIComponent(resolve)}`)
const { mpp } = await import('mppx/x402/mcp')

await resources.initialize()
const { network, payTo } = config.base
const terms = { scheme: 'exact', price: `$${config.price}`, network, payTo }
const accepts = await resources.buildPaymentRequirements(terms)
const secretKey = 'a secret of thirty-two bytes at least'
const wrap = (tool) => mpp(resources, { accepts, secretKey, resource: { url: `mcp://tool/${tool}` } })
const [base, forecast] = [wrap('base')(sell), wrap('forecast')(sell)]

await serveTools((server) => {
  server.registerTool('base', { description: 'A report' }, (extra) => base({}, extra))
  server.registerTool('forecast', { description: 'Another report' }, (extra) => forecast({}, extra))
})
