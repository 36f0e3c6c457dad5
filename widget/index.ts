/** The script tag of a host page: defines both elements, once. */
import { define } from './define.ts'
import { LicenseManager } from './license-manager.ts'
import { LicenseSubscribe } from './license-subscribe.ts'

define('license-subscribe', LicenseSubscribe)
define('license-manager', LicenseManager)
