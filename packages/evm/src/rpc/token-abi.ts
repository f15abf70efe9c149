/** The function and the events of USDC's contract that are read through viem. @see EIP-20; EIP-3009 */
export const tokenAbi = [
  {
    type: 'function',
    name: 'authorizationState',
    stateMutability: 'view',
    inputs: [{ type: 'address' }, { type: 'bytes32' }],
    outputs: [{ type: 'bool' }]
  },
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
  },
  {
    type: 'event',
    name: 'AuthorizationCanceled',
    inputs: [
      { type: 'address', name: 'authorizer', indexed: true },
      { type: 'bytes32', name: 'nonce', indexed: true }
    ]
  }
] as const

export const [, transferEvent, usedEvent, cancelledEvent] = tokenAbi
