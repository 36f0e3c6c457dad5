import { css } from 'lit'

/** The card around everything that sells. */
export const subscribePanelStyles = css`
  .panel {
    max-inline-size: 1040px;
    padding: calc(var(--_step) * 7);
  }

  .loading {
    min-block-size: 560px;
  }

  @container (max-width: 480px) {
    .panel {
      padding: calc(var(--_step) * 4);
    }
  }
`
