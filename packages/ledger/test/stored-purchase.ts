/** A purchase as the first version of the stores wrote it. */
export const storedPurchase = {
  id: 'p1',
  fingerprint: 'f1',
  facts:
    '{"id":"p1","fingerprint":"f1","method":"GET","origin":"https://a.example","path":"/","offer":{"dialect":"x402-v2",' +
    '"network":"eip155:8453","asset":"0xa","payTo":"0xb","amountAtomic":"7","cost":"7"},"labels":{},"state":"sent",' +
    '"call":"failed","authorization":{"payer":"0xc","reference":"0xd","expiresAtSeconds":4000000000},' +
    '"reservedAtMs":1,"endedAtMs":2}',
  secrets:
    '{"payment":{"network":"eip155:8453","asset":"0xa","payer":"0xc","payTo":"0xb","amountAtomic":"7","reference":"0xd",' +
    '"expiresAtSeconds":4000000000,"expiry":"4000000000","payload":{}},"header":{"name":"PAYMENT-SIGNATURE",' +
    '"value":"bytes"}}'
} as const
