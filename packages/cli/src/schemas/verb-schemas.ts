import { auditSchemas } from './audit.js'
import { dashboardSchemas } from './dashboard.js'
import { paymentSchemas } from './payments.js'
import { serviceSchemas } from './services.js'
import { infoSchemas, settingSchemas } from './settings.js'
import type { VerbSchema } from './verb-schema.js'
import { walletSchemas } from './wallets.js'

/** What each verb prints with `--json`, by its words. */
const verbSchemas: Readonly<Record<string, VerbSchema>> = {
  ...walletSchemas,
  ...settingSchemas,
  ...paymentSchemas,
  ...serviceSchemas,
  ...auditSchemas,
  ...dashboardSchemas,
  ...infoSchemas
}

/** The verbs that have a schema, which are all. */
export const verbsWithSchema: readonly string[] = Object.keys(verbSchemas)

/** The schema of a verb. `undefined` when there is none of these words. */
export function schemaOf(verb: string): VerbSchema | undefined {
  return Object.hasOwn(verbSchemas, verb) ? verbSchemas[verb] : undefined
}
