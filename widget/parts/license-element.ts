import { ContextProvider } from '@lit/context'
import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit'
import { property, state } from 'lit/decorators.js'
import { Client } from '../api/client.ts'
import type { ApiProblem } from '../api/problem.ts'
import { errorEvent, LicenseEvent } from '../events.ts'
import {
  type Configuration,
  type ConfigurationMistake,
  isMistake,
  readConfiguration,
} from '../state/configuration.ts'
import {
  ENGLISH,
  type Language,
  loadLanguage,
  nearestLanguageTag,
  watchLanguage,
} from '../state/language.ts'
import { type Session, sessionContext } from '../state/session.ts'
import { base } from '../styles/base.ts'
import { controls } from '../styles/controls.ts'
import { surfaces } from '../styles/surfaces.ts'
import { tokens } from '../styles/tokens.ts'
import { alert } from './alert.ts'

export type GetToken = () => Promise<string> | string

const SCRIPT_ORIGIN = new URL(import.meta.url).origin

/**
 * What both public elements share: attributes, language, theme, and the session that their parts
 * consume. Nothing is requested until the attributes make sense.
 *
 * @csspart root - Everything that the element shows.
 */
export abstract class LicenseElement extends LitElement {
  static override styles = [base, controls, surfaces, tokens]

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'lang']
  }

  /** Names the product; public. */
  @property({ attribute: 'publishable-key' }) publishableKey = ''
  /** License type shown first: `dr`, `migration`, `failback` … */
  @property() type = ''
  /** Origin of the License Center; the script's own where absent. */
  @property() center = ''
  /** Console homepage, where a finished purchase leads (S20). */
  @property({ attribute: 'home-url' }) homeUrl = ''
  /** ISO 4217; the catalogue's first where absent. */
  @property() currency = ''
  /** `auto` follows the `color-scheme` of the page. */
  @property({ reflect: true }) theme: 'auto' | 'light' | 'dark' = 'auto'
  /** A token that the page already has; `getToken` is better, because tokens live for minutes. */
  @property() token = ''
  /** Asks the host's backend for a token; called again when one has expired. */
  @property({ attribute: false }) getToken: GetToken | null = null

  @state() protected session: Session | null = null
  @state() private mistake: ConfigurationMistake | null = null
  @state() private language: Language | null = null

  protected readonly internals = this.attachInternals()
  readonly #provider = new ContextProvider(this, { context: sessionContext })
  #client: Client | null = null
  #clientKey = ''
  #reported: string | null = null
  #stopWatching: (() => void) | null = null

  override connectedCallback(): void {
    super.connectedCallback()
    this.#stopWatching = watchLanguage(this, () => void this.#resolveLanguage())
    void this.#resolveLanguage()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stopWatching?.()
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value)
    if (name === 'lang' && this.isConnected) void this.#resolveLanguage()
  }

  /** Forgets what was loaded, the token too, and loads again. Call it when the account changes. */
  refresh(): Promise<boolean> {
    this.#clientKey = ''
    this.requestUpdate('session')
    return this.updateComplete
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed)
    const outcome = this.findMistake() ?? readConfiguration(this, document.baseURI, SCRIPT_ORIGIN)
    this.mistake = isMistake(outcome) ? outcome : null
    this.session = isMistake(outcome) || !this.language ? null : this.#open(outcome, this.language)
    this.internals.role = 'region'
    this.internals.ariaLabel = this.label(this.language ?? ENGLISH)
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed)
    const mistake = this.mistake
    const message = mistake && `[license] attribute ${mistake.attribute} is “${mistake.got}”`
    if (message !== null && message !== this.#reported) {
      console.warn(message)
      this.dispatchEvent(
        new LicenseEvent('license-error', { code: 'config', message, requestId: null }),
      )
    }
    this.#reported = message
  }

  /** A mistake in attributes that only one of the elements has. */
  protected findMistake(): ConfigurationMistake | null {
    return null
  }

  /** Name of the region, for assistive technology. */
  protected abstract label(language: Language): string
  protected abstract renderSession(session: Session): TemplateResult
  /** Takes the room of what comes, so that nothing jumps. */
  protected abstract renderLoading(): TemplateResult

  protected override render(): TemplateResult {
    const language = this.language ?? ENGLISH
    return html`<div class="root" part="root" dir=${language.words.$dir} lang=${language.locale}>
      ${
        this.mistake
          ? this.#renderMistake(this.mistake, language)
          : this.session
            ? this.renderSession(this.session)
            : this.renderLoading()
      }
    </div>`
  }

  /** `:state(loading)`, `:state(error)`, `:state(paid)` for the page's style sheet (W17). */
  protected setStates(states: Readonly<Record<string, boolean>>): void {
    for (const [name, isOn] of Object.entries(states)) {
      if (isOn) this.internals.states.add(name)
      else this.internals.states.delete(name)
    }
  }

  protected report(problem: ApiProblem): void {
    this.dispatchEvent(errorEvent(problem))
  }

  #renderMistake(mistake: ConfigurationMistake, { words }: Language): TemplateResult {
    const { attribute, got, allowed } = mistake
    return alert({
      tone: 'bad',
      role: 'alert',
      title: words.configuration.title,
      content: words.configuration.detail(attribute, got, allowed),
    })
  }

  async #resolveLanguage(): Promise<void> {
    const tag = nearestLanguageTag(this)
    const language = await loadLanguage(tag).catch(() => ENGLISH)
    if (tag === nearestLanguageTag(this)) this.language = language
  }

  #open(configuration: Configuration, language: Language): Session {
    const { center, publishableKey, homeUrl, currency } = configuration
    const isAnonymous = this.getToken === null && this.token === ''
    const key = `${center} ${publishableKey} ${isAnonymous}`
    if (this.#client === null || this.#clientKey !== key) {
      this.#clientKey = key
      this.#client = new Client({
        center,
        publishableKey,
        language: () => this.session?.locale ?? 'en',
        getToken: () => this.getToken?.() ?? this.token,
      })
    }
    const session = {
      ...language,
      client: this.#client,
      publishableKey,
      type: this.type || null,
      currency,
      homeUrl,
      isAnonymous,
    }
    return this.#keepIfEqual(session)
  }

  /** The same value again would make every consumer render for nothing. */
  #keepIfEqual(session: Session): Session {
    const held = this.session
    if (held !== null && namesOf(session).every((name) => held[name] === session[name])) return held
    this.#provider.setValue(session)
    return session
  }
}

/** A session is made in one place, as a literal with exactly the members of its interface. */
function namesOf(session: Session): readonly (keyof Session)[] {
  return Object.keys(session) as (keyof Session)[]
}
