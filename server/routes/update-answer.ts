/** An update check, and a release, as they cross the wire. */
import type { Release, Update } from '../contract/releases.ts'
import type { ReleaseRow } from '../db/queries/releases.ts'
import { formatInstant } from '../domain/calendar.ts'
import { formatMoney } from '../domain/money.ts'
import type { Locale } from '../i18n/locales.ts'
import { UPDATE_WORDS } from '../i18n/update-words.ts'
import type { UpdateCheck } from '../usecases/check-update.ts'
import { dateOf, noticeOf } from './validation-answer.ts'

export function updateAnswer(update: UpdateCheck, nonce: string | null, locale: Locale): Update {
  const { answer, check, release, latest, lastEligible, manifest, yanked } = update
  return {
    answer,
    code: check.code,
    reason: reasonOf(update, locale),
    release: release && offeredAnswer(release),
    manifest,
    latest: latest?.version ?? null,
    last_eligible: lastEligible?.version ?? null,
    yanked,
    renewal: update.renewal,
    purchase: update.purchase,
    nonce,
    now: formatInstant(check.at),
  }
}

/** Where the license itself is the obstacle, the check has said why. */
function reasonOf(update: UpdateCheck, locale: Locale): string {
  const { answer, check, renewal, purchase } = update
  const { license, code } = check
  if (license === null || (answer === 'not_entitled' && code !== 'EXPIRED')) {
    return noticeOf(check, locale) ?? code
  }
  return UPDATE_WORDS[locale][answer]({
    version: update.release?.version ?? '',
    latest: update.latest?.version ?? '',
    lastEligible: update.lastEligible?.version ?? '',
    endsOn: dateOf(license.endsAt, license.zone, locale),
    price: renewal && formatMoney(renewal.amount, renewal.currency, locale),
    newPrice: purchase && formatMoney(purchase.amount, purchase.currency, locale),
  })
}

function offeredAnswer(row: ReleaseRow): NonNullable<Update['release']> {
  return {
    version: row.version,
    channel: row.channel,
    released_at: formatInstant(row.releasedAt),
    notes_url: row.notesUrl,
    artifacts: [...row.artifacts],
  }
}

export function releaseAnswer(row: ReleaseRow): Release {
  return {
    ...offeredAnswer(row),
    rollout_percent: row.rolloutPercent,
    yanked_at: row.yankedAt && formatInstant(row.yankedAt),
    yank_reason: row.yankReason,
  }
}
