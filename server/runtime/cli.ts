#!/usr/bin/env node
/** `license-center`: the command line of the people who run it. */
import { runCli } from './cli/program.ts'
import { processShell } from './cli/shell.ts'

process.exitCode = await runCli(process.argv.slice(2), processShell())
