/**
 * What pages speak of without making it: a bursar, a key, a chain. A name of a library is no such thing: the snippet imports it.
 */
export const givenNames: Readonly<Record<string, string>> = {
  account: "import('viem').LocalAccount",
  address: "import('viem').Address",
  askUser: "import('@bursar/policy').AskPerson",
  bursar: "import('bursar').Bursar",
  chain: "import('@bursar/localchain').BaseChain",
  client: "import('@modelcontextprotocol/sdk/client/index.js').Client",
  completion: "import('bursar').JsonObject",
  error: 'unknown',
  evm: 'string | undefined',
  feePayer: 'string',
  gateway: "import('@bursar/gateway').Gateway",
  header: 'string',
  katana: "import('bursar/katana').Katana",
  key: "import('viem').Hex",
  ledger: "import('@bursar/core').Ledger",
  owner: 'string',
  signElsewhere: "(data: object) => Promise<import('viem').Hex>",
  passphrase: 'string',
  privateKey: 'string',
  purchaseId: 'string',
  request: "import('bursar').JsonObject",
  runAgent: '(options: { env: object }) => Promise<void>',
  service: "Parameters<typeof import('@bursar/prepaid').createPrepaid>[1]['service']",
  stack: "import('@bursar/gateway').Stack",
  transport: "import('viem').Transport",
  url: 'string',
  venice: "import('bursar/venice').Venice",
  wallet: "Parameters<typeof import('@bursar/prepaid').createPrepaid>[1]['wallet']"
}

/** A snippet with what its page speaks of without making it, as a module. */
export function withGivenNames(code: string): string {
  const used = Object.entries(givenNames).filter(([name]) =>
    new RegExp(`(?<![.\\w'-])${name}(?![\\w'-]|:)`).test(code)
  )
  const missing = used.filter(([name]) => !isDeclared(name, code))
  const lines = missing.map(([name, type]) => `declare const ${name}: ${type}`)
  return `${lines.join('\n')}\nexport {}\n${code}`
}

function isDeclared(name: string, code: string): boolean {
  const declaration = `(?:const|let|using|function|class) ${name}\\b`
  const inBraces = `(?:const|import) (?:\\{[^}]*\\b${name}\\b[^}]*\\}|\\[[^\\]]*\\b${name}\\b[^\\]]*\\])`
  return new RegExp(`${declaration}|${inBraces}`).test(code)
}
