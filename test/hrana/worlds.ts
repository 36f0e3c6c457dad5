/** Every command that changes the database, in systems that it shares with those it does not disturb. */
import { VAULT_CATALOGUE } from '../support/vault.ts'
import { CUSTOMER_COMMANDS, ORDER_JOBS } from './customer-commands.ts'
import type { World } from './given.ts'
import { HOST_COMMANDS, WEBHOOK_JOB } from './host-commands.ts'
import { INSTALLATION_COMMANDS } from './installation-commands.ts'
import { INSTALLED_COMMANDS } from './installed-commands.ts'
import { PLANTED_JOBS, SOUND_JOBS } from './job-commands.ts'
import { LICENSE_COMMANDS } from './license-commands.ts'
import { METER_JOBS } from './meter-commands.ts'
import { METHOD_COMMANDS, SETUP_SWEEP } from './method-commands.ts'
import { OPERATOR_COMMANDS } from './operator-commands.ts'

/** A job looks at what everybody left. */
const alone = (isSound: boolean) => (command: (typeof SOUND_JOBS)[number]) => ({
  name: command.name,
  commands: [command],
  isSound,
})

export const WORLDS: readonly World[] = [
  { name: 'buying', commands: CUSTOMER_COMMANDS, isSound: true },
  { name: 'saved methods', commands: METHOD_COMMANDS, isSound: true },
  { name: 'licenses', commands: [...LICENSE_COMMANDS, ...INSTALLATION_COMMANDS], isSound: true },
  {
    name: 'installed products',
    commands: INSTALLED_COMMANDS,
    catalogue: VAULT_CATALOGUE,
    isSound: true,
  },
  { name: 'hosts', commands: HOST_COMMANDS, isSound: true },
  { name: 'operating', commands: OPERATOR_COMMANDS, isSound: false },
  ...[WEBHOOK_JOB].map(alone(true)),
  ...[...ORDER_JOBS, SETUP_SWEEP, ...SOUND_JOBS].map(alone(true)),
  ...[...PLANTED_JOBS, ...METER_JOBS].map(alone(false)),
]
