/** `releases publish|list|rollout|yank`: versions of a product that installations may update to. */
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { ReleaseRequest } from '../../contract/releases.ts'
import { releasesOf, type ReleaseRow } from '../../db/queries/releases.ts'
import { formatInstant, parseInstant } from '../../domain/calendar.ts'
import { publishRelease, rollOutRelease, yankRelease } from '../../usecases/publish-release.ts'
import { NotReady, UsageError, type CommandSpec, type Given } from './command.ts'
import { ACCOUNTABLE, accountOf, withDatabase, withDeps } from './workplace.ts'

const PRODUCT = { type: 'positional', description: 'Product id' } as const
const VERSION = { type: 'positional', description: 'Semantic Versioning, such as 2.4.1' } as const

export const publishReleaseCommand: CommandSpec = {
  name: 'publish',
  description: 'Publish a version; the same again changes nothing',
  args: {
    product: PRODUCT,
    version: VERSION,
    channel: { type: 'string', description: 'stable, beta or alpha', default: 'stable' },
    artifacts: {
      type: 'string',
      description: 'JSON file: [{"name","url","size","sha256"}]; none when absent',
    },
    'released-at': { type: 'string', description: 'RFC 3339, UTC; now when absent' },
    notes: { type: 'string', description: 'https address of the release notes' },
    rollout: { type: 'string', description: 'Percent of the installations', default: '100' },
    ...ACCOUNTABLE,
  },
  async run(given, shell) {
    const file = given.text('artifacts')
    const account = accountOf(given)
    const asked = {
      version: given.required('version'),
      channel: given.text('channel') ?? undefined,
      artifacts: file === null ? [] : await artifactsIn(resolve(shell.directory, file)),
      released_at: given.text('released-at'),
      notes_url: given.text('notes'),
      rollout_percent: percentOf(given, 'rollout'),
      reason: account.reason,
    }
    const parsed = ReleaseRequest.safeParse(asked)
    if (!parsed.success) throw new UsageError(parsed.error.issues.map(sentence).join('\n'))
    const { version, channel, artifacts, released_at: at } = parsed.data
    const release = {
      product: given.required('product'),
      version,
      channel,
      artifacts,
      releasedAt: at ? parseInstant(at) : null,
      notesUrl: parsed.data.notes_url ?? null,
      rolloutPercent: parsed.data.rollout_percent,
    }
    const row = await withDeps(shell, (deps) => publishRelease(deps, release, account))
    return { data: summary(row), text: textOf(row) }
  },
}

export const listReleasesCommand: CommandSpec = {
  name: 'list',
  description: 'List the versions of a product, latest first',
  args: { product: PRODUCT },
  async run(given, shell) {
    const rows = await withDatabase(shell, ({ db }) => releasesOf(db, given.required('product')))
    return {
      data: { releases: rows.map(summary) },
      text: rows.length === 0 ? 'No releases.' : rows.map(textOf).join('\n'),
    }
  },
}

export const rollOutCommand: CommandSpec = {
  name: 'rollout',
  description: 'Offer a version to more, or fewer, installations',
  args: {
    product: PRODUCT,
    version: VERSION,
    percent: { type: 'string', description: '0 to 100', required: true },
    ...ACCOUNTABLE,
  },
  async run(given, shell) {
    const percent = percentOf(given, 'percent')
    const row = await withDeps(shell, (deps) =>
      rollOutRelease(deps, nameOf(given), percent, accountOf(given)),
    )
    return { data: summary(row), text: textOf(row) }
  },
}

export const yankCommand: CommandSpec = {
  name: 'yank',
  description: 'Withdraw a version: it is offered to nobody any more',
  args: { product: PRODUCT, version: VERSION, ...ACCOUNTABLE },
  async run(given, shell) {
    const account = accountOf(given)
    const row = await withDeps(shell, (deps) => yankRelease(deps, nameOf(given), account))
    return { data: summary(row), text: textOf(row) }
  },
}

function nameOf(given: Given) {
  return { product: given.required('product'), version: given.required('version') }
}

function percentOf(given: Given, name: string): number {
  const percent = Number(given.required(name))
  if (!Number.isInteger(percent) || percent < 0 || percent > 100) {
    throw new UsageError(`--${name} is a whole number from 0 to 100.`)
  }
  return percent
}

async function artifactsIn(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    throw new NotReady(`${path}: ${String(error)}`)
  }
}

function sentence({ path, message }: { path: readonly PropertyKey[]; message: string }): string {
  return `${path.join('.')}: ${message}`
}

function summary(row: ReleaseRow) {
  return {
    version: row.version,
    channel: row.channel,
    released_at: formatInstant(row.releasedAt),
    rollout_percent: row.rolloutPercent,
    artifacts: row.artifacts.length,
    yanked_at: row.yankedAt && formatInstant(row.yankedAt),
    yank_reason: row.yankReason,
  }
}

function textOf(row: ReleaseRow): string {
  const { version, channel, released_at: at, rollout_percent: percent } = summary(row)
  const offered = row.yankedAt === null ? `${percent} %` : `withdrawn: ${row.yankReason}`
  return `${version}  ${channel}  ${at}  ${offered}`
}
