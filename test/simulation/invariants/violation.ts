/** What a checker found: which law, and what happened instead. */
export interface Violation {
  /** `I1` … `I12`, `R1`, `P12` … as the lists of requirements and faults name it. */
  readonly invariant: string
  readonly says: string
}
