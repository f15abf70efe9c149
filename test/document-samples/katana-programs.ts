import type { Sample } from './sample.js'

function program(section: string, title: string, text: string): Sample {
  return { section, title, language: 'JavaScript', program: text }
}

/** The functions of the guide, as they stand. */
export const directFunction = `async function callKatanaWithDirectX402(url, body, buildPaymentHeader) {
  const discovery = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (discovery.status !== 402) return discovery;
  const encoded = discovery.headers.get('PAYMENT-REQUIRED');
  const requirements = JSON.parse(Buffer.from(encoded, 'base64').toString('utf8'));
  const accept = requirements.accepts[0]; // Base is listed first by default.
  const paymentHeader = await buildPaymentHeader(accept);
  return fetch(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'PAYMENT-SIGNATURE': paymentHeader,
    },
    body: JSON.stringify(body),
  });
}`
export const balanceFunctions = `async function topUpKatanaX402Balance(baseUrl, amountUsdc, buildPaymentHeader) {
  const body = { amount_usdc: String(amountUsdc) };
  const discovery = await fetch(\`\${baseUrl}/v1/x402/top-up\`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (discovery.status !== 402) return discovery;
  const requirements = JSON.parse(Buffer.from(discovery.headers.get('PAYMENT-REQUIRED'), 'base64').toString('utf8'));
  const paymentHeader = await buildPaymentHeader(requirements.accepts[0]);
  return fetch(\`\${baseUrl}/v1/x402/top-up\`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'PAYMENT-SIGNATURE': paymentHeader },
    body: JSON.stringify(body),
  });
}
async function callKatanaWithWalletBalance(url, body, signInWithXHeader) {
  return fetch(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'X-Sign-In-With-X': signInWithXHeader,
    },
    body: JSON.stringify(body),
  });
}
async function readKatanaX402Balance(baseUrl, walletAddress, signInWithXHeader) {
  return fetch(\`\${baseUrl}/v1/x402/balance/\${walletAddress}\`, {
    headers: { 'X-Sign-In-With-X': signInWithXHeader },
  });
}`
const chat = `{"model":"grok-4-3","messages":[{"role":"user","content":"Reply with exactly: imgnAI credits ok"}],"max_tokens":64}`
export const directExample = `const response = await callKatanaWithDirectX402('https://kat.imgnai.com/v1/chat/completions', ${chat}, buildPaymentHeader);
const data = await response.json();`
export const balanceExample = `await topUpKatanaX402Balance('https://kat.imgnai.com', '1.00', buildPaymentHeader);
const response = await callKatanaWithWalletBalance('https://kat.imgnai.com/v1/chat/completions', ${chat}, signInWithXHeader);
const data = await response.json();`
export const retargetFunctions = `function retargetVeniceUrlToKatana(url) {
  return url.replace('https://api.venice.ai/api/v1', 'https://kat.imgnai.com/v1');
}
function normalizeVeniceX402HeadersForKatana(headers) {
  const next = { ...headers };
  if (next['X-402-Payment'] && !next['PAYMENT-SIGNATURE']) {
    next['PAYMENT-SIGNATURE'] = next['X-402-Payment'];
  }
  return next;
}`

const section = 'Billing Path Examples'
/** The programs of Katana's guide. */
export const katanaPrograms: readonly Sample[] = [
  program(section, 'callKatanaWithDirectX402', directFunction),
  program(section, 'Direct x402 text example', directExample),
  program(section, 'Wallet-balance functions', balanceFunctions),
  program(section, 'Wallet-funded text example', balanceExample),
  program('Retargeting', 'Minimal retarget helper', retargetFunctions)
]
