import { createRequire } from 'node:module'

/** The SDK's validator, made when it is first asked for. */
export class AjvJsonSchemaValidator {
  getValidator(schema) {
    if (!this.validator) {
      const sdk = createRequire(import.meta.url)('@modelcontextprotocol/sdk/validation/ajv')
      this.validator = new sdk.AjvJsonSchemaValidator()
    }
    return this.validator.getValidator(schema)
  }
}
