/** Runs inside a page with the strictest policy: the element, and a record of what it violated. */
import { openCenter } from './subscribe.ts'

const violations: string[] = []
document.addEventListener(
  'securitypolicyviolation',
  ({ violatedDirective, sourceFile, sample }) => {
    violations.push(`${violatedDirective} ${sourceFile} ${sample}`)
  },
)
Object.assign(window, { violations })

openCenter()
const element = document.createElement('license-subscribe')
element.publishableKey = 'pk_test'
element.center = 'https://center.test'
element.token = 't'
document.body.append(element)
