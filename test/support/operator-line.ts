/** `license-center` as the operator of a running test system types it, on the system's clock. */
import {
  openCommandLine,
  type CommandLine,
  type CommandLineOptions,
  type Environment,
} from './command-line.ts'
import type { TestSystem } from './system.ts'

/** What every command that changes something asks for. */
export const BECAUSE = ['--reason', 'A test of ours', '--as', 'mia'] as const

/** @param now  the system's own clock when absent */
export function operatorLine(
  center: TestSystem,
  now: CommandLineOptions['now'] = center.system.clock.now,
): Promise<CommandLine> {
  return openCommandLine(environmentOf(center), { now })
}

/** What the demo's server runs on, as an operator's environment names it. */
export function environmentOf({ system, directory }: TestSystem): Environment {
  const { state } = system.stateFile
  return {
    CENTER_ORIGIN: system.origin,
    DATABASE_URL: `file:${directory}/license-center.db`,
    STRIPE_SECRET_KEY: 'sk_test_demo',
    STRIPE_WEBHOOK_SECRET: state.webhookSecret,
    STRIPE_API_BASE: system.stripe.origin,
    LICENSE_KEY_HASH_SECRET: state.licenseKeyHash,
    LICENSE_KEY_CIPHER_SECRET: state.licenseKeyCipher,
    LINK_TOKEN_SECRET: state.linkToken,
    LICENSE_SIGNING_KEY: JSON.stringify(state.licenseSigningKey),
  }
}
