/** The name by which a heading is linked to in a repository's own pages: small letters, words joined by hyphens. */
export function githubSlug(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}_\s-]/gu, '')
    .replaceAll(' ', '-')
}
