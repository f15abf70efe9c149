import { UsageError } from '../usage-error.js'

const HINT =
  'A host hands its servers what its settings name, and no more: add it to `env` there ([mcp_servers.bursar.env] for Codex, `environment` for opencode)'

/** Says to whom a host started the command how a missing variable reaches it. @throws {UsageError} */
export function throwWithHostHint(error: unknown): never {
  if (!(error instanceof UsageError)) throw error
  throw new UsageError(`${error.message}. ${HINT}`, { cause: error })
}
