/** The functions and the events that are read and called of Permit2 and of the proxies. @see Permit2, `SignatureTransfer` */
export const permit2Abi = [
  {
    type: 'function',
    name: 'nonceBitmap',
    stateMutability: 'view',
    inputs: [{ type: 'address' }, { type: 'uint256' }],
    outputs: [{ type: 'uint256' }]
  },
  {
    type: 'function',
    name: 'invalidateUnorderedNonces',
    stateMutability: 'nonpayable',
    inputs: [
      { type: 'uint256', name: 'wordPos' },
      { type: 'uint256', name: 'mask' }
    ],
    outputs: []
  },
  {
    type: 'event',
    name: 'UnorderedNonceInvalidation',
    inputs: [
      { type: 'address', name: 'owner', indexed: true },
      { type: 'uint256', name: 'word' },
      { type: 'uint256', name: 'mask' }
    ]
  }
] as const

export const [, , invalidationEvent] = permit2Abi

/** The topics of the proxies' `Settled()` and `SettledWithPermit()`. */
export const settledTopics: readonly string[] = [
  '0x97088ec3606cfe8cc112180570d03fcde05f9b8e1bfef8e27784eaf5dd5691b6',
  '0xde5b89d10fc800c459329c382fabfcad0be0ed7e5328e01fae04e507b09ef5d8'
]
