/** USDC's events, as far as payments go. @see EIP-20, EIP-3009 */
export const usdcEvents = [
  {
    type: 'event',
    name: 'Transfer',
    inputs: [
      { type: 'address', name: 'from', indexed: true },
      { type: 'address', name: 'to', indexed: true },
      { type: 'uint256', name: 'value' }
    ]
  },
  {
    type: 'event',
    name: 'AuthorizationUsed',
    inputs: [
      { type: 'address', name: 'authorizer', indexed: true },
      { type: 'bytes32', name: 'nonce', indexed: true }
    ]
  }
] as const
