import type { PolicyLayer } from '@bursar/policy'
import type { StoredLimits } from '../limits/stored-limits.js'

/** What the options of a verb say of the policy. */
export interface PolicyFlags {
  /** The most that one payment may cost (`--max-amount`). */
  readonly maxAmount?: string | undefined
  /** Limits of this command alone (`--limit day=5.00`). */
  readonly limit?: StoredLimits | undefined
  /** The only hosts that are paid. */
  readonly payHosts?: readonly string[] | undefined
  /** A person is asked about dearer payments (`--confirm-above`). */
  readonly confirmAbove?: string | undefined
  /** What becomes of them when nobody answers (`--unconfirmed`). */
  readonly unconfirmed?: 'pay' | 'refuse' | undefined
  /** What one top-up brings (`--topup 1.00`). */
  readonly topup?: string | undefined
  /** The most that they cost within 24 hours (`--topup-per-day 5.00`). */
  readonly topupPerDay?: string | undefined
}

/** What the options of a verb say, each as a source of its own. */
export function flagLayers(flags: PolicyFlags): readonly PolicyLayer[] {
  const { maxAmount, limit = {}, payHosts, confirmAbove, unconfirmed, topup, topupPerDay } = flags
  return [
    ...flag('--max-amount', maxAmount, ['limits', 'payment']),
    ...Object.entries(limit).flatMap(([name, amount]) => flag('--limit', amount, ['limits', name])),
    ...flag('--allow-host', payHosts, ['allow', 'hosts']),
    ...flag('--confirm-above', confirmAbove, ['confirm', 'above']),
    ...flag('--unconfirmed', unconfirmed, ['confirm', 'unanswered']),
    ...topUpServices.flatMap((service) => [
      ...flag('--topup', topup, ['topUp', service, 'amount']),
      ...flag('--topup-per-day', topupPerDay, ['topUp', service, 'perDay'])
    ])
  ]
}

/** The services whose balance a rule may top up. A command uses one of them. */
export const topUpServices = ['katana', 'venice'] as const

function flag(name: string, value: unknown, path: readonly string[]): readonly PolicyLayer[] {
  return value === undefined ? [] : [{ source: 'flag', name, settings: [{ path, value }] }]
}
