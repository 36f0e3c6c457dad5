/** `license-center` as a table of its commands, and how each run ends. */
import { stripVTControlCharacters } from 'node:util'
import { renderUsage, runCommand, type CommandDef } from 'citty'
import { HOLDS } from '../../usecases/hold-license.ts'
import { createApiKey, revokeApiKey } from './api-keys.ts'
import { applyCatalogueFile } from './catalogue-apply.ts'
import { backUpDatabase } from './backup.ts'
import { checkCatalogue } from './catalogue-check.ts'
import { diffCatalogue } from './catalogue-diff.ts'
import { printSchema } from './catalogue-schema.ts'
import { showCatalogue } from './catalogue-show.ts'
import { command, EXIT, group, type CommandSpec, type ExitCode, type Finish } from './command.ts'
import { examine } from './doctor.ts'
import { failureOf } from './failures.ts'
import { initialize } from './init.ts'
import { runJobs } from './jobs-run.ts'
import { listMailsCommand } from './mails-list.ts'
import { retryMailCommand } from './mails-retry.ts'
import { issueActivationCodeCommand } from './activation-code-issue.ts'
import { grantLicenseCommand } from './license-grant.ts'
import { rotateKeyCommand, sendKeyCommand } from './license-key.ts'
import { holdCommand } from './license-hold.ts'
import { migrateDatabase } from './migrate.ts'
import { listOrdersCommand } from './orders-list.ts'
import { listRebindsCommand, rebindCommand } from './rebind.ts'
import { refundOrderCommand } from './orders-refund.ts'
import { suggestRefundCommand } from './orders-suggest-refund.ts'
import { revokeRenewLinkCommand } from './renew-links-revoke.ts'
import { reviewOrderCommand } from './orders-review.ts'
import { showOrder } from './orders-show.ts'
import { createKey } from './product-keys-create.ts'
import { revokeKey } from './product-keys-revoke.ts'
import { rotateKey } from './product-keys-rotate.ts'
import {
  listReleasesCommand,
  publishReleaseCommand,
  rollOutCommand,
  yankCommand,
} from './releases.ts'
import { seedDemo } from './seed.ts'
import type { Shell } from './shell.ts'
import { createSigningKey } from './signing-keys-create.ts'
import { revokeSigningKey } from './signing-keys-revoke.ts'
import { rotateSigningKey } from './signing-keys-rotate.ts'
import {
  addWebhookCommand,
  changeWebhookCommand,
  listDeliveriesCommand,
  listWebhooksCommand,
  redeliverCommand,
  rotateWebhookCommand,
  testWebhooksCommand,
} from './webhooks.ts'

const NAME = 'license-center'

type Table = { readonly [name: string]: CommandSpec | Group }
interface Group {
  readonly description: string
  readonly commands: Table
}

const COMMANDS: Table = {
  init: initialize,
  doctor: examine,
  migrate: migrateDatabase,
  backup: backUpDatabase,
  catalogue: {
    description: 'What is sold, as versions of one document',
    commands: {
      check: checkCatalogue,
      apply: applyCatalogueFile,
      show: showCatalogue,
      diff: diffCatalogue,
      schema: printSchema,
    },
  },
  orders: {
    description: 'Orders across customers',
    commands: {
      list: listOrdersCommand,
      show: showOrder,
      review: reviewOrderCommand,
      'suggest-refund': suggestRefundCommand,
      refund: refundOrderCommand,
    },
  },
  license: {
    description: 'Licenses across customers',
    commands: {
      grant: grantLicenseCommand,
      ...Object.fromEntries(HOLDS.map((hold) => [hold, holdCommand(hold)])),
      'rotate-key': rotateKeyCommand,
      'send-key': sendKeyCommand,
    },
  },
  'activation-code': {
    description: 'Licenses and hosts without a payment or a network',
    commands: { issue: issueActivationCodeCommand },
  },
  rebind: {
    description: 'Wishes to move a license to another installation',
    commands: {
      list: listRebindsCommand,
      approve: rebindCommand('approve'),
      deny: rebindCommand('deny'),
    },
  },
  'signing-keys': {
    description: 'Keys of license tokens',
    commands: { create: createSigningKey, rotate: rotateSigningKey, revoke: revokeSigningKey },
  },
  product: {
    description: 'Connected products',
    commands: {
      keys: {
        description: 'Publishable keys of pages, host keys of backends',
        commands: { create: createKey, rotate: rotateKey, revoke: revokeKey },
      },
      'api-keys': {
        description: 'Secrets of backends that use the host API',
        commands: { create: createApiKey, revoke: revokeApiKey },
      },
    },
  },
  releases: {
    description: 'Versions of a product that its installations may update to',
    commands: {
      publish: publishReleaseCommand,
      list: listReleasesCommand,
      rollout: rollOutCommand,
      yank: yankCommand,
    },
  },
  webhooks: {
    description: 'Where backends of hosts are told what happened',
    commands: {
      add: addWebhookCommand,
      list: listWebhooksCommand,
      deliveries: listDeliveriesCommand,
      test: testWebhooksCommand,
      redeliver: redeliverCommand,
      rotate: rotateWebhookCommand,
      enable: changeWebhookCommand('enable'),
      delete: changeWebhookCommand('delete'),
    },
  },
  'renew-links': {
    description: 'Private links that renew without a login',
    commands: { revoke: revokeRenewLinkCommand },
  },
  mails: {
    description: 'What customers are told by mail',
    commands: { list: listMailsCommand, retry: retryMailCommand },
  },
  jobs: { description: 'Work that cron does', commands: { run: runJobs } },
  seed: seedDemo,
}

/** @returns the exit code, see `EXIT` */
export async function runCli(rawArgs: readonly string[], shell: Shell): Promise<ExitCode> {
  let exit: ExitCode = EXIT.done
  const finish: Finish = (report, asJson) => {
    shell.write(asJson ? JSON.stringify(report.data, null, 2) : report.text)
    exit = report.exit ?? EXIT.done
  }
  const root = groupOf(NAME, { description: DESCRIPTION, commands: COMMANDS }, shell, finish)
  const asksForHelp =
    rawArgs.length === 0 || rawArgs.some((arg) => arg === '--help' || arg === '-h')
  try {
    if (asksForHelp) shell.write(await usageOf(root, rawArgs))
    else await runCommand(root, { rawArgs: [...rawArgs] })
  } catch (error) {
    exit = await explain(error, root, rawArgs, shell)
  }
  return exit
}

const DESCRIPTION =
  'Configure and operate a License Center. Exit codes: 0 done; 1 refused, wrong or different, nothing changed; 2 not understood; 3 environment or database not ready; 70 a bug'

async function explain(
  error: unknown,
  root: CommandDef,
  rawArgs: readonly string[],
  shell: Shell,
): Promise<ExitCode> {
  const { exit, code, message } = failureOf(error)
  if (rawArgs.includes('--json')) {
    shell.write(JSON.stringify({ error: { code, message } }, null, 2))
  } else {
    if (exit === EXIT.usage) shell.writeError(await usageOf(root, rawArgs))
    shell.writeError(message)
  }
  return exit
}

function groupOf(
  name: string,
  { description, commands }: Group,
  shell: Shell,
  finish: Finish,
): CommandDef {
  const made = Object.entries(commands).map(([word, entry]) => [
    word,
    'run' in entry ? command(entry, shell, finish) : groupOf(word, entry, shell, finish),
  ])
  return group(name, description, Object.fromEntries(made))
}

/** Of the innermost command that the words name, without colours: it may go into a file. */
async function usageOf(root: CommandDef, rawArgs: readonly string[]): Promise<string> {
  const words = [NAME]
  let table: Group | CommandSpec = { description: '', commands: COMMANDS }
  let found = root
  for (const arg of rawArgs) {
    const next: Group | CommandSpec | undefined =
      'commands' in table ? table.commands[arg] : undefined
    if (next === undefined) break
    table = next
    words.push(arg)
    found = subCommandOf(found, arg) ?? found
  }
  const parent = { meta: { name: words.slice(0, -1).join(' ') } }
  return stripVTControlCharacters(await renderUsage(found, words.length > 1 ? parent : undefined))
}

/** Our tables are plain objects, never promises or functions. */
function subCommandOf(command: CommandDef, name: string): CommandDef | undefined {
  const table = command.subCommands as Readonly<Record<string, CommandDef>> | undefined
  return table?.[name]
}
