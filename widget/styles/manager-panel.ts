import { css } from 'lit'

export const managerPanelStyles = css`
  :host {
    container-type: inline-size;
  }
  .panel {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(var(--_step) * 5);
    min-block-size: 560px;
    align-content: start;
  }
  .header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: calc(var(--_step) * 3) calc(var(--_step) * 5);
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--_step) * 2);
  }
  .dot {
    display: inline-block;
    inline-size: 8px;
    block-size: 8px;
    margin-inline-start: 2px;
    border-radius: 50%;
    background: var(--_accent);
  }
  /* Tabs that go on beyond an edge fade there. Where all fit, nothing scrolls and nothing fades. */
  .tabs {
    animation: fade-edges linear both;
    animation-timeline: scroll(self inline);
  }
  .tabs:dir(rtl) {
    animation-direction: reverse;
  }
  @keyframes fade-edges {
    from,
    to {
      mask: linear-gradient(to right, transparent, #000 40px calc(100% - 40px), transparent) 0 0 /
        calc(100% + 40px) 100% no-repeat;
    }
    from {
      mask-position: -40px 0;
    }
  }
  @container (inline-size < 480px) {
    .actions,
    .actions .button {
      flex: 1 1 auto;
    }
  }
`
