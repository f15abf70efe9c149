/** What an error about a payment has. */
export const paid = {
  purchase: 'p1',
  network: 'eip155:8453',
  payTo: '0xb',
  amount: '2',
  symbol: 'USDC',
  payer: '0xa',
  reference: 'r',
  expiresAtSeconds: 1
} as const
