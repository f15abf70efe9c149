import { listOf, type OptionCheck, type OptionChecks } from '@bursar/core'

/** Who is let in besides programs on this machine. A token is needed all the same. */
export interface Access {
  /**
   * Names besides those of loopback by which programs reach the server, without a port. Default: none.
   *
   * @example { allowHosts: ['host.docker.internal'] }
   */
  readonly allowHosts?: readonly string[] | undefined
  /**
   * Origins of web pages that may send requests. Default: none.
   *
   * @example { allowOrigins: ['http://localhost:3000'] }
   */
  readonly allowOrigins?: readonly string[] | undefined
}

const checkHostName: OptionCheck = (value, path) => {
  if (
    typeof value === 'string' &&
    /^(?:[a-z\d](?:[a-z\d.-]{0,251}[a-z\d])?|\[[\da-f:.]{2,45}\])$/i.test(value)
  )
    return
  throw new TypeError(`${path} must be a host without scheme and port, such as host.docker.internal`)
}

const checkOrigin: OptionCheck = (value, path) => {
  if (typeof value === 'string' && URL.canParse(value) && new URL(value).origin === value) return
  throw new TypeError(`${path} must be an origin, such as http://localhost:3000`)
}

/** The checks of {@link Access}. */
export const accessChecks: OptionChecks<Access> = {
  allowHosts: listOf(checkHostName),
  allowOrigins: listOf(checkOrigin)
}
