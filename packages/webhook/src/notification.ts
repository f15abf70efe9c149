/** What a webhook can be told of. */
export const notificationTypes = [
  'payment.settled',
  'payment.refused',
  'payment.outstanding',
  'balance.topped-up',
  'balance.low',
  'ledger.frozen',
  'ledger.thawed',
  'ledger.discrepancy'
] as const

/** A kind of notification. `payment.refused`: a limit or a check of ours refused it, and nothing was signed. */
export type NotificationType = (typeof notificationTypes)[number]

/** What is told. It holds no path, query, header, signature or proof. */
export interface Notification {
  readonly type: NotificationType
  /** The same for what is told twice, such as by two processes, so that a receiver can drop the second. */
  readonly id: string
  /** Unix milliseconds. */
  readonly atMs: number
  /** Text, but for what is a number everywhere. */
  readonly data: Readonly<Record<string, string | number>>
}
