import type { ServiceCall } from './service-call.js'

/** How Katana's client pays for a call directly. */
export function callOptions({ labels, purchase, signal, onPurchase }: ServiceCall, model: string) {
  return {
    billing: 'direct',
    signal,
    fetchOptions: {
      bursar: {
        labels: { ...labels, service: 'katana', model },
        // What one agent has paid for is not another's.
        tenant: `proxy ${labels.agent}`,
        onPurchase,
        ...(purchase === undefined ? {} : { purchase })
      }
    }
  } as const
}
