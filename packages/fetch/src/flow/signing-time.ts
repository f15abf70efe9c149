/** How long a wallet may take to sign: somebody may have to find a device and read its screen. */
export const SIGNING_MS = 300_000
