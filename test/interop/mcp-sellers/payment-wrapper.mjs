/**
 * Stands in for the official `@x402/mcp`, which is not on npm: the order of its specification, on the official server of
 * `@x402/core`, which builds what is asked, and verifies and settles what is paid.
 */
export const MCP_PAYMENT_META_KEY = 'x402/payment'

export function createPaymentWrapper(server, { accepts, resource }) {
  const ask = async (error) => {
    const required = await server.createPaymentRequiredResponse(accepts, resource, error)
    const text = JSON.stringify(required)
    return { isError: true, structuredContent: required, content: [{ type: 'text', text }] }
  }
  const settle = async (payment, offer, result) => {
    const settled = await server.settlePayment(payment, offer)
    if (!settled.success) return ask(`Payment settlement failed: ${settled.errorReason}`)
    return { ...result, _meta: { ...result._meta, 'x402/payment-response': settled } }
  }
  return (handler) => async (args, extra) => {
    const payment = extra._meta?.[MCP_PAYMENT_META_KEY]
    if (!payment) return ask('Payment required to access this tool')
    const offer = server.findMatchingRequirements(accepts, payment)
    if (!offer) return ask('No matching payment requirements')
    const verified = await server.verifyPayment(payment, offer)
    if (!verified.isValid) return ask(verified.invalidReason)
    const result = await handler(args, { arguments: args, meta: extra._meta })
    if (result.isError) return result
    return settle(payment, offer, result).catch((error) => ask(`Payment settlement failed: ${error.message}`))
  }
}
