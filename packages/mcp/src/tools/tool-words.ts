/** What every description of a tool that spends says. */
export const spendsMoney = 'SPENDS REAL MONEY (USDC) of the operator, within limits that no tool can change.'
/** What every description of a tool that spends nothing says. */
export const spendsNothing = 'Spends nothing.'

/** Annotations of a tool that only reads. */
export const readOnly = { readOnlyHint: true, openWorldHint: true } as const
/** Annotations of a tool that spends. */
export const spending = {
  readOnlyHint: false,
  destructiveHint: true,
  idempotentHint: false,
  openWorldHint: true
} as const
