import { css } from 'lit'

export const checkoutFormStyles = css`
  .panel {
    display: grid;
    gap: calc(var(--_step) * 7);
    padding-block-start: calc(var(--_step) * 7);
  }

  .columns {
    display: grid;
    gap: calc(var(--_step) * 7) calc(var(--_step) * 10);
    align-items: start;
  }

  @container (min-width: 680px) {
    .columns {
      grid-template-columns: minmax(0, 1fr) minmax(300px, 380px);
    }
  }

  .sandbox {
    margin-block-end: calc(var(--_step) * 3);
  }

  license-important-notes {
    padding-block-start: calc(var(--_step) * 6);
    border-block-start: 1px solid var(--_line);
  }

  .missing {
    grid-template-columns: 1fr;
  }

  .missing .button {
    padding-inline: 0;
    margin: 0;
    text-align: start;
    color: var(--_danger);
    text-decoration: underline;
    text-underline-offset: 0.2em;
    font-weight: 400;
  }

  .action {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: calc(var(--_step) * 3) calc(var(--_step) * 6);
    padding-block-start: calc(var(--_step) * 6);
    border-block-start: 1px solid var(--_line);
  }

  .action p {
    display: flex;
    align-items: baseline;
    gap: calc(var(--_step) * 3);
  }

  .action p[aria-busy='true'],
  .action p[aria-busy='true'] * {
    color: var(--_muted);
  }

  .action strong {
    font-size: 1.333em;
    font-weight: 650;
    letter-spacing: -0.012em;
  }

  @container (max-width: 480px) {
    .action {
      display: grid;
      justify-content: stretch;
    }

    .action p {
      justify-content: space-between;
    }
  }
`
