/** What a host page wrote on the element, judged before anything is requested (W3). */

export interface Attributes {
  readonly publishableKey: string
  readonly center: string
  readonly homeUrl: string
  readonly currency: string
}

export interface Configuration {
  readonly publishableKey: string
  /** Origin without a trailing slash. */
  readonly center: string
  readonly homeUrl: string | null
  readonly currency: string | null
}

/** A mistake in the page's HTML: shown in place, for the developer who made it. */
export interface ConfigurationMistake {
  readonly attribute: string
  readonly got: string
  readonly allowed: string
}

/**
 * @param base what relative addresses are relative to: the document's address
 * @param home where the script came from; the center unless the attribute says otherwise
 */
export function readConfiguration(
  attributes: Attributes,
  base: string,
  home: string,
): Configuration | ConfigurationMistake {
  const { publishableKey, currency } = attributes
  const center = httpUrl(attributes.center || home, base)
  const homeUrl = attributes.homeUrl === '' ? null : httpUrl(attributes.homeUrl, base)
  if (!/^pk_[a-z0-9_]{4,60}$/.test(publishableKey)) {
    return mistake('publishable-key', publishableKey, 'pk_ and 4–60 of a–z, 0–9, _')
  }
  if (center === null) return mistake('center', attributes.center, 'https://…')
  if (attributes.homeUrl !== '' && homeUrl === null) {
    return mistake('home-url', attributes.homeUrl, 'https://… or /…')
  }
  if (currency !== '' && !/^[A-Z]{3}$/.test(currency)) {
    return mistake('currency', currency, 'USD, EUR, …')
  }
  return {
    publishableKey,
    center: new URL(center).origin,
    homeUrl,
    currency: currency || null,
  }
}

export function isMistake(
  outcome: Configuration | ConfigurationMistake,
): outcome is ConfigurationMistake {
  return 'attribute' in outcome
}

/** An absolute http(s) address, or null for anything else, `javascript:` included (W10). */
export function httpUrl(text: string, base?: string): string | null {
  if (!URL.canParse(text, base)) return null
  const url = new URL(text, base)
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null
}

function mistake(attribute: string, got: string, allowed: string): ConfigurationMistake {
  return { attribute, got, allowed }
}
