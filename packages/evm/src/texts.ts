export { createTextSigner } from './account/text-signer.js'
