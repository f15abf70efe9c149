import { givenNames } from '../../test/snippet-names.js'

/**
 * What examples in docstrings speak of without making it, beside what pages do. A line beside an option has no room for an
 * import: the few names of other libraries in such lines are here as well. An example of more lines imports them.
 */
const givenToExamples: Readonly<Record<string, string>> = {
  addButton: '(text: string, onClick: () => void) => void',
  answerTo: '(question: string, signal?: AbortSignal) => Promise<string>',
  apiKey: 'string',
  askEndpoint: "import('@bursar/core').RpcTransport['request']",
  assertOnAllowList: '(host: string) => void',
  backup: 'Uint8Array<ArrayBuffer>',
  balance: "import('@bursar/prepaid').Prepaid",
  BasicTracerProvider: "typeof import('@opentelemetry/sdk-trace-base').BasicTracerProvider",
  baseUrl: 'string',
  body: 'string',
  challenge: "Parameters<import('@bursar/siwx').SignInProofProvider['createProof']>[0]['challenge']",
  chosen: 'File',
  connection: "import('@solana/web3.js').Connection",
  env: `{
    readonly LEDGER: import('bursar/durable-object').ObjectNamespace
    readonly BUCKET: { put(name: string, value: Uint8Array): Promise<void> }
  }`,
  expect: "typeof import('vitest').expect",
  fromFile: "() => import('@bursar/policy').Policy",
  fromFlags: "Partial<import('@bursar/policy').Policy>",
  http: "typeof import('viem').http",
  job: "import('bursar/katana').Job",
  kept: 'ReturnType<typeof Promise.withResolvers<void>>',
  limits: "import('bursar').Limits",
  link: 'HTMLAnchorElement',
  MeterProvider: "typeof import('@opentelemetry/sdk-metrics').MeterProvider",
  meter: "import('@bursar/core').AccountMeter",
  myFetch: 'typeof fetch',
  myHttpClient: '{ get(url: string, options: { headers: HeadersInit }): Promise<Response> }',
  network: "import('bursar').NetworkId",
  openai: "import('openai').OpenAI",
  messages: "import('openai').OpenAI.ChatCompletionMessageParam[]",
  payment: "import('@bursar/core').SignedEvent['payment']",
  paymentHeader: "import('@bursar/core').SignedEvent['header']",
  phantom: "import('@bursar/solana/web3').Web3Wallet",
  proofs: "import('@bursar/siwx').KatanaProofProvider",
  randomUUID: "typeof import('node:crypto').randomUUID",
  response: 'Response',
  savedFiles: "ReadonlyMap<string, readonly import('@bursar/dashboard').SavedFile[]>",
  settings: "{ readonly limits: import('bursar').Limits }",
  testClock: "import('@bursar/core').Clock",
  tokenhot: "import('bursar/tokenhot').Tokenhot",
  wallets: "import('@bursar/gateway').StackWallets"
}

/** Their types by name. */
export const exampleNames: Readonly<Record<string, string>> = { ...givenNames, ...givenToExamples }

/** A file of declarations in which each is a global. */
export const exampleDeclarations = [
  ...Object.entries(exampleNames).map(([name, type]) => `declare const ${name}: ${type}`),
  // A page has it where a wallet is installed.
  "interface Window { readonly ethereum: Parameters<typeof import('bursar/wallets').connectEvmWallet>[0] }"
].join('\n')
