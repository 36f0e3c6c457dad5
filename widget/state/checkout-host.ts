import type { ApiProblem } from '../api/problem.ts'
import type { LicenseEventDetails, LicenseEventName } from '../events.ts'

/** What the DOM-free state may ask of the element it works for. */
export interface CheckoutHost {
  /** Something to show has changed. */
  readonly changed: () => void
  /** Tells the page. @returns false when the page prevented what would follow */
  readonly emit: <Name extends LicenseEventName>(
    name: Name,
    detail: LicenseEventDetails[Name],
  ) => boolean
  readonly failed: (problem: ApiProblem) => void
}
