/** The database and what is in it: shape, catalogue, mails that wait, tasks that wait. */
import { isNull } from 'drizzle-orm'
import { latestCatalogue } from '../../db/catalogue-store.ts'
import { pendingMigrations } from '../../db/migrate.ts'
import { MIGRATIONS } from '../../db/migrations.ts'
import type { Database } from '../../db/open.ts'
import { operatorTasks } from '../../db/schema.ts'
import type { Product } from '../../domain/catalogue.ts'
import { databaseLocation } from '../config.ts'
import { openNodeDatabase } from '../node-deps.ts'
import { mailChecks } from './doctor-mail.ts'
import { fail, ok, sentenceOf, skipped, warn, type Check } from './doctor-report.ts'
import type { Shell } from './shell.ts'

const OTHERS = ['migrations', 'catalogue', 'hosts', 'mail', 'tasks']

export async function databaseChecks({ env, directory }: Shell): Promise<Check[]> {
  const location = databaseLocation(env)
  let db: Database
  try {
    db = await openNodeDatabase(location, directory)
  } catch (error) {
    return unreachable(error)
  }
  try {
    return await contentChecks(db, env)
  } catch (error) {
    return unreachable(error)
  } finally {
    db.close()
  }
}

function unreachable(error: unknown): Check[] {
  const mend =
    'Check DATABASE_URL and DATABASE_AUTH_TOKEN; a file needs a directory that can be written.'
  return [
    fail('database', sentenceOf(error), mend),
    ...OTHERS.map((name) => skipped(name, 'needs the database')),
  ]
}

async function contentChecks(db: Database, env: Shell['env']): Promise<Check[]> {
  const pending = await pendingMigrations(db, MIGRATIONS)
  const reached = ok('database', databaseLocation(env).url.replace(/\?.*$/, ''))
  if (pending.length > 0) {
    const says = `${pending.length} of ${MIGRATIONS.length} are missing.`
    return [
      reached,
      fail('migrations', says, 'Run: license-center migrate'),
      ...OTHERS.slice(1).map((name) => skipped(name, 'needs the migrations')),
    ]
  }
  const catalogue = await latestCatalogue(db)
  return [
    reached,
    ok('migrations', `${MIGRATIONS.length} applied`),
    catalogue === null
      ? fail(
          'catalogue',
          'None is in force.',
          'Run: license-center catalogue apply catalogue.yaml --reason …',
        )
      : ok(
          'catalogue',
          `version ${catalogue.version}, ${catalogue.document.products.length} products`,
        ),
    ...hostChecks(catalogue?.document.products ?? [], env),
    ...(await mailChecks(db, env)),
    await taskCheck(db),
  ]
}

/** Where consoles live, and whether somebody can sign for their customers. */
function hostChecks(products: readonly Product[], env: Shell['env']): Check[] {
  return products.map((product) => {
    const name = `host ${product.id}`
    const unset = product.host_keys.find(({ secret_env }) => secret_env && !env[secret_env])
    if (unset !== undefined) {
      const says = `The secret of host key ${unset.kid} is not in the environment.`
      return fail(name, says, `Set ${unset.secret_env}.`)
    }
    const insecure = product.origins.find((origin) => origin.startsWith('http:'))
    if (env['ENVIRONMENT'] === 'production' && insecure !== undefined) {
      return warn(name, `${insecure} is not encrypted.`, 'List https origins only.')
    }
    if (product.host_keys.length === 0 && !product.public_sale) {
      const mend = `license-center product keys create ${product.id} --kind host --reason …`
      return warn(name, 'No host key: no customer can be told apart, so nobody can buy.', mend)
    }
    return ok(name, `${product.origins.length} origins, ${product.host_keys.length} host keys`)
  })
}

async function taskCheck(db: Database): Promise<Check> {
  const open = await db.orm.select().from(operatorTasks).where(isNull(operatorTasks.closedAt))
  if (open.length === 0) return ok('tasks', 'nobody waits for an operator')
  const [first] = open
  const mend = 'license-center orders list --state review, then orders review ID'
  return warn(
    'tasks',
    `${open.length} wait for a person, e.g. ${first?.kind} ${first?.reference}.`,
    mend,
  )
}
