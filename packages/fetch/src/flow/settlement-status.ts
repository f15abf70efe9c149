import {
  bytesOf,
  type NetworkId,
  type Purchase,
  type SettlementReader,
  type SettlementStatus,
  type SignedPayment
} from '@bursar/core'
import type { PaymentContext } from './payment-context.js'

/** A payment that the chain is asked about. */
interface StatusRequest {
  readonly id: string
  readonly payment: SignedPayment
}

/** The chain's status of a purchase; `undefined` when the chain does not answer. */
export async function getSettlementStatus(
  context: PaymentContext,
  purchase: Purchase,
  signal?: AbortSignal
): Promise<SettlementStatus | undefined> {
  return (await getSettlementStatuses(context, [purchase], signal)).get(purchase.id)
}

/** The chain's status of each purchase, by its id. Purchases without an answer are absent. */
export async function getSettlementStatuses(
  context: PaymentContext,
  purchases: readonly Purchase[],
  signal?: AbortSignal
): Promise<ReadonlyMap<string, SettlementStatus>> {
  const statuses = new Map<string, SettlementStatus>()
  const networks = [...groupByNetwork(purchases)].map(async ([network, requests]) => {
    const answers = await askNetwork(context, { network, requests }, signal)
    for (const [index, { id }] of requests.entries()) {
      const status = answers[index]
      if (status) statuses.set(id, status)
    }
  })
  await Promise.all(networks)
  return statuses
}

function groupByNetwork(purchases: readonly Purchase[]): ReadonlyMap<NetworkId, StatusRequest[]> {
  const groups = new Map<NetworkId, StatusRequest[]>()
  for (const purchase of purchases) {
    const bytes = bytesOf(purchase)
    if (!bytes) continue
    const { network } = purchase.offer
    const group = groups.get(network) ?? []
    groups.set(network, [...group, { id: purchase.id, payment: bytes.payment }])
  }
  return groups
}

/** A failure of any kind in a payer counts as no answer of the chain. */
async function askNetwork(
  { payerOf }: PaymentContext,
  { network, requests }: { readonly network: NetworkId; readonly requests: readonly StatusRequest[] },
  signal: AbortSignal | undefined
): Promise<readonly (SettlementStatus | undefined)[]> {
  try {
    const payer = await payerOf(network.split(':')[0] ?? '')
    if (!payer) return []
    const payments = requests.map(({ payment }) => payment)
    return payments.length > 1 && payer.getSettlementStatuses
      ? await payer.getSettlementStatuses(network, payments, signal)
      : await askOneByOne(payer, payments, signal)
  } catch {
    return []
  }
}

async function askOneByOne(
  payer: SettlementReader,
  payments: readonly SignedPayment[],
  signal: AbortSignal | undefined
): Promise<readonly (SettlementStatus | undefined)[]> {
  const answers = await Promise.allSettled(
    payments.map(async (payment) => payer.getSettlementStatus(payment, signal))
  )
  return answers.map((answer) => (answer.status === 'fulfilled' ? answer.value : undefined))
}
