import { resources } from '../sellers/official-resources.mjs'
import { config } from '../sellers/serve.mjs'
import { createPaymentWrapper } from './payment-wrapper.mjs'
import { sell, serveTools } from './serve-tools.mjs'

await resources.initialize()

async function paidOn({ network, payTo }, tool) {
  const terms = { scheme: 'exact', price: `$${config.price}`, network, payTo }
  const accepts = await resources.buildPaymentRequirements(terms)
  return createPaymentWrapper(resources, { accepts, resource: { url: `mcp://tool/${tool}` } })
}

const wrappers = {
  base: await paidOn(config.base, 'base'),
  solana: await paidOn(config.solana, 'solana'),
  forecast: await paidOn(config.base, 'forecast'),
  failing: await paidOn(config.base, 'failing')
}
const fail = async () => ({ isError: true, content: [{ type: 'text', text: 'no such day' }] })

await serveTools((server) => {
  for (const [name, wrap] of Object.entries(wrappers))
    server.registerTool(name, { description: 'A report' }, (extra) =>
      wrap(name === 'failing' ? fail : sell)({}, extra)
    )
  server.registerTool('free', { description: 'Costs nothing' }, async () => ({
    content: [{ type: 'text', text: 'free' }]
  }))
})
