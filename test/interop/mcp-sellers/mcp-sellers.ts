/** Software of somebody else's that sells tools by x402. */
export interface McpSeller {
  /** Its package on npm, and its version. */
  readonly software: string
  /** The program in this folder that sells with it. */
  readonly program: string
  /** The networks on which a tool of the network's name is paid. */
  readonly networks: readonly ('base' | 'solana')[]
}

/** The servers whose tools are paid. docs/guides/mcp.md lists the same. */
export const mcpSellers: readonly McpSeller[] = [
  { software: '@x402/core 2.27.0', program: 'official', networks: ['base', 'solana'] },
  { software: 'mppx 0.11.0', program: 'mppx', networks: ['base'] },
  { software: 'x402-mcp 0.0.5', program: 'x402-mcp', networks: ['base'] }
]
