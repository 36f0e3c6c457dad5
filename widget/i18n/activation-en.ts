/** Words of the activation panels; they load with them. Counts and dates come formatted. */
import { activationLogEn } from './activation-log-en.ts'

const plural = (count: string, one: string, many = `${one}s`) =>
  `${count} ${count === '1' ? one : many}`
const units = (count: string) => plural(count, 'unit')

export const activationEn = {
  tabs: {
    label: 'License',
    overview: 'Overview',
    activations: 'Activations',
    units: 'Units',
    offline: 'Offline',
    log: 'History',
  },

  facts: {
    id: 'License ID',
    plan: 'Plan',
    order: 'Origin order',
    noOrder: 'Granted without an order',
    origin: 'Came with',
    cycle: 'Billing cycle',
    cycles: { month: 'Monthly', year: 'Annually', none: 'One period' },
    renewal: 'Renewal',
    nextCharge: 'Next charge',
    zone: 'Time zone',
    grace: 'Works until',
    title: 'Dates and origin',
  },

  use: {
    inUse: (used: string, total: string) => `${used} of ${units(total)} in use`,
    left: (count: string) => `${count} left`,
    consumed: (count: string) => `${count} used up`,
    reserved: (count: string) => `${count} reserved`,
    full: 'All units are in use. Release one, or buy more.',
    oneTime: 'A unit that is used up cannot be used again. Reserved ones may still be given back.',
  },

  key: {
    title: 'License key',
    masked: (last4: string) => `Key ending in ${last4}`,
    hint: 'Your product asks for it once. Each time it is shown is noted in the history.',
    reveal: 'Reveal',
    hide: 'Hide',
    shown: 'The license key is shown.',
    send: 'Send by e-mail',
    sent: (address: string) => `The key is on its way to ${address}. At most one mail an hour.`,
    replace: 'Replace key',
    replaceTitle: 'Replace this license key?',
    replaceText:
      'What is activated stays activated. Give the new key to whoever activates from now on.',
    overlap: 'The old key works',
    overlaps: { 0: 'not any more', 24: 'for 24 more hours', 168: 'for 7 more days' },
    confirm: 'Replace the key',
    replaced: (until: string) => `This is the new key. The old one works until ${until}.`,
    replacedNow: 'This is the new key. The old one has stopped working.',
  },

  file: {
    title: 'License file',
    text: 'Signed, for one installation: it proves the license while there is no network.',
    download: 'Download license file',
    of: (name: string) => `Download license file for ${name}`,
    saved: (name: string) => `${name} is ready.`,
    again: 'Save it again',
    choose: 'Choose the installation',
  },

  installations: {
    title: 'Installations',
    none: 'Nothing is activated yet',
    noneText: 'Enter the license key in your product, or activate a host without a network.',
    goOffline: 'Activate offline',
    unnamed: 'Unnamed installation',
    fingerprint: 'Fingerprint',
    code: 'Activated by code',
    activated: 'Activated',
    seen: 'Last heartbeat',
    ended: 'Ended',
    state: {
      active: 'Active',
      stale: 'Not responding',
      deactivated: 'Released',
      culled: 'Timed out',
    },
    stateHelp: {
      active: 'Holds a unit.',
      stale: 'Missed its heartbeat. It still holds a unit, until another one needs it.',
      deactivated: 'Gave its unit back.',
      culled: 'Did not respond for too long; its unit went back.',
    },
    release: 'Release',
    releaseOf: (name: string) => `Release ${name}`,
    move: 'Move',
    moveOf: (name: string) => `Move ${name} to another installation`,
    more: 'Show more',
    count: (shown: string, count: string) => `${shown} of ${count} shown`,
  },

  release: {
    title: (name: string) => `Release ${name}?`,
    text: 'Its unit is free at once. The product there stops at its next contact, and can be activated again while a unit is free.',
    offlineText:
      'This host has no network, so it proves that it has forgotten its activation. Deactivate it there, and enter the deactivation code that it shows.',
    confirm: 'Release the unit',
    done: (name: string) => `${name} was released. Its unit is free.`,
  },

  move: {
    title: (name: string) => `Move ${name}`,
    text: 'The new installation takes the unit of this one, which stops at its next contact.',
    fingerprint: 'Fingerprint of the new installation',
    fingerprintHint: 'The product shows it: a domain, server fingerprint or installation ID.',
    fingerprintMissing: 'Enter the fingerprint of the new installation.',
    name: 'Name (optional)',
    reason: 'Reason (optional)',
    reasonHint: 'For whoever has to look at it.',
    confirm: 'Move the unit',
    done: (name: string) => `The unit has moved to ${name}.`,
    queued: 'Waiting for an operator',
    queuedText: (name: string, date: string) =>
      `You asked on ${date} to move this unit to ${name}. Until it is decided nothing changes here. You are told by e-mail.`,
    because: 'Why a person looks at it:',
    reasons: {
      quota: 'Your moves of the last 30 days are used up.',
      cooldown: 'The last move was only a short time ago.',
      offline: 'This host has no network, and would not learn that it lost its unit.',
      email_mismatch: 'Your e-mail address is not the one of the license.',
      used_elsewhere: 'The new installation is in use by another customer.',
      many_lately: 'There were several moves lately.',
      young_activation: 'It was activated less than a day ago.',
      recently_seen: 'It was seen within the last hour.',
    },
    withdraw: 'Withdraw the request',
    withdrawn: 'The request was withdrawn.',
    asked: 'Your request was handed to an operator.',
    denied: 'An operator has decided against it.',
  },

  oneTime: {
    title: 'What used the units',
    none: 'No unit has been used yet',
    noneText: 'Each use appears here with the reference that your product gives it.',
    use: { reserved: 'Reserved', consumed: 'Used up', released: 'Given back' },
    reserved: 'Reserved',
    ended: { consumed: 'Used up', released: 'Given back' },
  },

  offline: {
    title: 'Activate a host without a network',
    steps: 'Copy the registration code from the host to here, and the activation code back.',
    registration: 'Registration code',
    registrationHint: 'Two lines that the host shows. Spaces, hyphens and case do not matter.',
    name: 'Name of the host (optional)',
    activate: 'Make the activation code',
    activation: 'Activation code',
    activationHint: 'Enter it at the host, or scan it there.',
    valid: (until: string) => `Valid until ${until}.`,
    copy: 'Copy the code',
    qr: 'QR code of the activation code',
    another: 'Activate another host',
    done: 'The activation code is ready.',
    back: 'Take a unit back',
    backText: 'Deactivate at the host, and enter the deactivation code that it shows.',
    deactivation: 'Deactivation code',
    release: 'Release the unit',
  },

  redeem: {
    text: 'Get a license without a payment here: send the registration code to your supplier, and enter the activation code that you get.',
    registration: 'Your registration code',
    registrationHint: 'It names you and this product, and never changes.',
    copy: 'Copy the code',
    activation: 'Activation code',
    activate: 'Activate',
    done: 'Activated',
    doneText: (count: string) =>
      `${plural(count, 'license')} of yours ${count === '1' ? 'is' : 'are'} in the list now.`,
    another: 'Enter another code',
  },

  mistake: {
    missing: 'Enter the code first.',
    line: (line: string) => `Line ${line} has a mistake. Compare it with what the host shows.`,
    short: 'This is not a whole code. Copy all of its lines.',
    kind: {
      registration:
        'This is a registration code of a host. It belongs to a license, under Offline.',
      activation: 'This is an activation code for the host itself. Enter it there.',
      deactivation: 'This is a deactivation code. It takes a unit back.',
      customer: 'This is the registration code of a customer. Here the one of the host is needed.',
      grant: 'This is an activation code for the console: “Activate by code” takes it.',
    },
  },

  ...activationLogEn,

  /** By the code of the problem: what it means here, and what to do. */
  refusals: {
    'token.scope_missing': 'You may look at this license, but not change it.',
    'license.not_found': 'This license is not there any more.',
    'license.not_valid': 'The license is not valid now, so nothing new can be given out for it.',
    'license.limit_reached': 'All units are in use. Release one first, or buy more.',
    'license.key_changed': 'The key was replaced meanwhile. Reload to see the present one.',
    'license.transition_refused': 'This is not possible in the present state of the license.',
    'activation.not_found': 'No such installation uses this license.',
    'activation.not_active': 'It holds no unit any more.',
    'activation.exists': 'The new installation holds a unit of this license already.',
    'activation.needed': 'Choose the installation that the file is for.',
    'activation_code.not_found': 'This code is not for you, or does not exist. Ask for a new one.',
    'activation_code.expired': 'This code is no longer valid. Ask for a new one.',
    'rebind.too_many': 'There were too many moves in 30 days. Contact us.',
    'rebind.waiting': 'Another move of this installation waits. Withdraw it first.',
    'rebind.decided': 'The request was decided meanwhile.',
    'signing.not_configured': 'License files are not set up here yet. Contact us.',
    'request.rate_limited': 'That was too often. Wait a minute and try again.',
  },

  /** By the JSON Pointer of a field that the server refused although it looked right here. */
  fields: {
    '/deactivation_code':
      'This code is not of this activation. Take the code that the host shows after it was deactivated.',
    '/registration_code': 'This registration code cannot be read. Copy it from the host again.',
    '/activation_code': 'This activation code cannot be read. Copy it again.',
    '/fingerprint': 'This fingerprint cannot be used. Copy it from the product again.',
    '/name': 'This name cannot be used.',
    '/reason': 'This reason cannot be sent. Make it shorter.',
  },
}

export type ActivationMessages = typeof activationEn
