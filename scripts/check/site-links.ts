import { posix } from 'node:path'

/** A page of the built site. */
export interface SitePage {
  /** From the site's root, such as `guides/policy.html`. */
  readonly path: string
  readonly html: string
}

/**
 * What is wrong with the pages of a built site: links that lead to no page, to no place in one, or to no file, and whatever a
 * page would load from another server.
 *
 * @param files every file of the site, from its root
 */
export function problemsOfSite(pages: readonly SitePage[], files: ReadonlySet<string>): readonly string[] {
  const places = new Map(pages.map(({ path, html }) => [path, placesOf(html)]))
  return pages.flatMap((page) => [
    ...linksOf(page.html)
      .filter((link) => !leadsSomewhere(link, page, { places, files }))
      .map((link) => `${page.path}: ${link} leads nowhere`),
    ...loadedFromElsewhere(page.html).map((url) => `${page.path}: ${url} is loaded from elsewhere`),
    ...(page.html.includes('http-equiv="Content-Security-Policy"') ? [] : [`${page.path}: no policy`])
  ])
}

interface Site {
  /** The names that a link can lead to, by page. */
  readonly places: ReadonlyMap<string, ReadonlySet<string>>
  readonly files: ReadonlySet<string>
}

function leadsSomewhere(link: string, page: SitePage, { places, files }: Site): boolean {
  const [path = '', place = ''] = link.split('#').map((part) => decodeURIComponent(part))
  const target = path === '' ? page.path : fileOf(path, page.path)
  return files.has(target) && (place === '' || (places.get(target)?.has(place) ?? false))
}

function fileOf(path: string, page: string): string {
  const joined = path.startsWith('/') ? path.slice(1) : posix.join(posix.dirname(page), path)
  return joined === '' || joined === '.' || joined.endsWith('/') ? posix.join(joined, 'index.html') : joined
}

function linksOf(html: string): readonly string[] {
  const links = [...html.matchAll(/<(?:a|link|script|img)\b[^>]*?\s(?:href|src)="([^"]*)"/g)]
  return [...new Set(links.map(([, link = '']) => link.replaceAll('&amp;', '&')))].filter(
    (link) => !/^(?:[a-z]+:|\/\/)/.test(link)
  )
}

function placesOf(html: string): ReadonlySet<string> {
  return new Set([...html.matchAll(/\sid="([^"]+)"/g)].map(([, id = '']) => id.replaceAll('&amp;', '&')))
}

function loadedFromElsewhere(html: string): readonly string[] {
  return [
    ...html.matchAll(/<(?:link|script|img|iframe)\b[^>]*?\s(?:href|src)="((?:https?:)?\/\/[^"]*)"/g)
  ].map(([, url = '']) => url)
}
