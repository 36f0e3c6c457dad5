import { css } from 'lit'
import { licenseListParts } from '../license-list-styles.ts'
import { typeTabsStyles } from '../type-tabs.ts'

const deskStyles = css`
  .panel {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(var(--_step) * 4);
  }

  .warn,
  .late {
    color: var(--_warning);
  }
  .act {
    white-space: nowrap;
  }
  .dates {
    display: flex;
    align-items: center;
    gap: calc(var(--_step) * 1);
  }
  .dates .input {
    inline-size: auto;
    min-inline-size: 0;
  }
  .count {
    color: var(--_muted);
    font-weight: 400;
    font-variant-numeric: tabular-nums;
  }
  thead th {
    min-block-size: 44px;
    font-size: 0.867em;
    font-weight: 600;
    color: var(--_muted);
  }
  thead .button,
  thead button {
    font-size: 1em;
  }
  thead .id {
    inline-size: 15%;
  }
  thead .total {
    inline-size: 8%;
  }
  thead .expires_at {
    inline-size: 15%;
  }
  thead .status {
    inline-size: 17%;
  }
  thead .price {
    inline-size: 11%;
  }
  thead .operation {
    inline-size: 136px;
  }
  .plan {
    font-weight: 550;
  }
  .acts {
    display: inline-flex;
    align-items: center;
    gap: 2px;
  }
  .acts .button {
    min-block-size: 34px;
    padding-block: 2px;
    padding-inline: calc(var(--_step) * 3);
  }
  td.renewal .button.plain {
    text-align: start;
  }
  .page-box {
    display: none;
    align-items: center;
    gap: calc(var(--_step) * 3);
    padding: calc(var(--_step) * 3) calc(var(--_step) * 4);
    border-block-end: 1px solid var(--_line);
    font-size: 0.867em;
    color: var(--_muted);
  }
  .toast {
    position: sticky;
    z-index: 2;
    inset-block-end: calc(var(--_step) * 4);
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-self: center;
    gap: calc(var(--_step) * 1) calc(var(--_step) * 4);
    max-inline-size: 100%;
    padding: calc(var(--_step) * 3) calc(var(--_step) * 5);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_text);
    color: var(--_surface);
    box-shadow: 0 8px 24px rgb(0 0 0 / 22%);
  }
  .toast .button.plain {
    color: inherit;
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }

  @container (inline-size >= 640px) {
    .toolbar .search {
      flex: 1 1 140px;
      min-inline-size: 120px;
      max-inline-size: 300px;
    }
  }
  @container (700px <= inline-size < 900px) {
    .toolbar .act {
      padding-inline: calc(var(--_step) * 2);
    }
    .toolbar .search {
      flex-basis: 120px;
    }
  }
  @container (inline-size < 900px) {
    thead .operation {
      inline-size: 124px;
    }
    thead .select {
      inline-size: 40px;
    }
  }
  @container (inline-size < 640px) {
    .toolbar .act {
      white-space: normal;
    }
    .bulk .facts {
      flex-basis: 100%;
    }
    td.operation {
      grid-column: 1 / -1;
    }
    tbody td.operation {
      position: static;
    }
    .acts {
      display: flex;
      justify-content: space-between;
    }
    .acts .button {
      flex: 1;
      min-block-size: 40px;
    }
    .page-box {
      display: flex;
    }
  }
`

export const deskListStyles = [...licenseListParts, typeTabsStyles, deskStyles]
