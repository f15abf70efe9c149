import type { Address } from 'viem'

/** Where a network has its USDC, and how the token names itself. */
export interface UsdcDeployment {
  readonly address: Address
  /** The token's name, which is also that of its EIP-712 domain. */
  readonly name: string
}

const BASE: UsdcDeployment = { address: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913', name: 'USD Coin' }
const BASE_SEPOLIA: UsdcDeployment = { address: '0x036CbD53842c5426634e7929541eC2318f3dCF7e', name: 'USDC' }

/** The USDC of a chain: Base Sepolia's for 84532, Base's for any other. */
export function usdcOf(chainId: number): UsdcDeployment {
  return chainId === 84_532 ? BASE_SEPOLIA : BASE
}
