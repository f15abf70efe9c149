/**
 * Whether SQLite has to sync each commit by itself: under Node's permission model, no program may sync a file, whatever else it
 * was permitted. SQLite is not held to that.
 *
 * @see {@link https://nodejs.org/api/permissions.html}
 */
export function mustSqliteSync(): boolean {
  return 'permission' in process && process.permission !== undefined
}
