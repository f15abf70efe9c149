/** A chain on which a seller is paid, and its path there. */
type SellerNetwork = 'base' | 'solana'

/** Software of somebody else's that sells by x402. */
export interface Seller {
  /** Its package on npm, and its version. */
  readonly software: string
  /** The program in this folder that sells with it. */
  readonly program: string
  readonly version: 1 | 2
  readonly networks: readonly SellerNetwork[]
  /** The client of `control.mjs` that pays it too. Absent: none can, see {@link sellers}. */
  readonly control?: string
}

const both = ['base', 'solana'] as const

/**
 * The sellers that are paid. docs/guides/sellers.md lists the same. Faremeter's names networks of v1 as v2 does, which the
 * client of v1 rejects. PayAI's puts a challenge of v2 in the body, which its own client answers as if it were of v1. Agentcash's sells on Base through
 * a hosted facilitator alone, so that only its Solana runs here.
 */
export const sellers: readonly Seller[] = [
  {
    software: '@x402/express 2.27.0',
    program: 'x402-express-v2',
    version: 2,
    networks: both,
    control: '@x402/fetch'
  },
  {
    software: '@x402/express 2.15.0',
    program: 'x402-express-2.15',
    version: 2,
    networks: both,
    control: '@x402/fetch'
  },
  {
    software: '@x402/express 2.9.0',
    program: 'x402-express-2.9',
    version: 2,
    networks: both,
    control: '@x402/fetch'
  },
  {
    software: '@x402/hono 2.27.0',
    program: 'x402-hono-v2',
    version: 2,
    networks: both,
    control: '@x402/fetch'
  },
  {
    software: '@x402/next 2.25.0',
    program: 'x402-next-v2',
    version: 2,
    networks: both,
    control: '@x402/fetch'
  },
  {
    software: 'x402-express 1.2.0',
    program: 'x402-express',
    version: 1,
    networks: both,
    control: 'x402-fetch'
  },
  {
    software: 'x402-express 0.7.3',
    program: 'x402-express-0.7',
    version: 1,
    networks: both,
    control: 'x402-fetch'
  },
  { software: 'x402-hono 1.1.0', program: 'x402-hono', version: 1, networks: both, control: 'x402-fetch' },
  {
    software: 'x402-hono 0.7.3',
    program: 'x402-hono-0.7',
    version: 1,
    networks: both,
    control: 'x402-fetch'
  },
  {
    software: '@faremeter/middleware 0.22.0',
    program: 'faremeter',
    version: 1,
    networks: both
  },
  {
    software: '@faremeter/middleware 0.22.0',
    program: 'faremeter',
    version: 2,
    networks: both,
    control: '@x402/fetch'
  },
  { software: '@dexterai/x402 2.0.0', program: 'dexter', version: 2, networks: both, control: '@x402/fetch' },
  {
    software: '@b3dotfun/anyspend-x402-express 0.2.9',
    program: 'anyspend',
    version: 1,
    networks: both,
    control: 'x402-fetch'
  },
  {
    software: 'x402-solana 2.0.4 (PayAI)',
    program: 'payai',
    version: 2,
    networks: ['solana']
  },
  {
    software: '@agentcash/router 1.20.0',
    program: 'agentcash',
    version: 2,
    networks: ['solana'],
    control: '@x402/fetch'
  },
  { software: 'mppx 0.11.0', program: 'mppx', version: 2, networks: ['base'], control: '@x402/fetch' },
  { software: 'thirdweb 5.121.6', program: 'thirdweb', version: 2, networks: ['base'], control: 'thirdweb' }
]
