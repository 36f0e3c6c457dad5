import { css } from 'lit'

export const licenseListStyles = css`
  :host {
    container-type: inline-size;
  }
  .stack {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(var(--_step) * 4);
  }
  .card {
    overflow: clip;
  }
`
